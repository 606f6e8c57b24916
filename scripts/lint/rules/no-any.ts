import { SyntaxKind } from 'typescript/unstable/ast';
import { isCode, type Rule } from '../rule.ts';

/** Types that can't lie: `unknown` is parsed, `any` is believed. */
export const noAnyRule: Rule = {
  name: 'no-any',
  promise: 'the type any is written nowhere',
  appliesTo: isCode,
  check({ path, tokens }) {
    return tokens.flatMap(({ kind, line }, index) => {
      if (kind !== SyntaxKind.AnyKeyword) return [];
      const isMember = [SyntaxKind.DotToken, SyntaxKind.QuestionDotToken].includes(tokens[index - 1]?.kind ?? kind);
      const isName = [SyntaxKind.ColonToken, SyntaxKind.OpenParenToken].includes(tokens[index + 1]?.kind ?? kind);
      if (isMember || isName) return [];
      return [{ file: path, line, message: 'any: write the type, or unknown and parse it' }];
    });
  },
};
