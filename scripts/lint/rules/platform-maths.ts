import { SyntaxKind } from 'typescript/unstable/ast';
import { recordRooms, roomOf } from '../rooms.ts';
import { isCode, type Finding, type Rule } from '../rule.ts';

/** The functions of `Math` whose result IEEE 754 or ECMAScript fixes to the bit. */
const exact: ReadonlySet<string> = new Set([
  'abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc',
  'PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2',
]);

const mathNames: ReadonlySet<string> = new Set(['Math', 'Mathf', 'NativeMath', 'NativeMathf']);

/** On the road to a record, arithmetic gives the same bits in every engine. */
export const platformMathsRule: Rule = {
  name: 'platform-maths',
  promise: 'no arithmetic whose bits an engine may choose, no clock and no foreign randomness, on the road to a record',
  appliesTo: (path) => isCode(path) && recordRooms.includes(roomOf(path) ?? ''),
  check({ path, tokens }) {
    return tokens.flatMap((token, index): Finding[] => {
      const { kind, text, line } = token;
      const find = (message: string): Finding[] => [{ file: path, line, message }];
      if (kind === SyntaxKind.AsteriskAsteriskToken || kind === SyntaxKind.AsteriskAsteriskEqualsToken) {
        return find('** differs between engines: use integerPower of src/random');
      }
      const after = tokens[index + 1];
      if (tokens[index - 1]?.kind === SyntaxKind.DotToken || kind !== SyntaxKind.Identifier) return [];
      if (text === 'Date' && after?.kind === SyntaxKind.DotToken) return find('a record must not depend on a clock: take the time as an argument');
      if (!mathNames.has(text)) return [];
      const name = after?.kind === SyntaxKind.DotToken ? tokens[index + 2]?.text : undefined;
      if (name === undefined) return find(`${text} is used only as ${text}.name, so that each use can be read here`);
      if (exact.has(name)) return [];
      if (name === 'random') return find('Math.random cannot be seeded: take a generator of src/random');
      return find(`${text}.${name} differs between engines: use the elementary functions of src/random`);
    });
  },
};
