import { SyntaxKind } from 'typescript/unstable/ast';
import { isCode, type Rule } from '../rule.ts';
import { isOperand, type Token } from '../tokens.ts';

/** `x!` silences the question that the compiler asked. */
export const noNonNullRule: Rule = {
  name: 'no-non-null',
  promise: 'no value is declared present by a postfix !',
  appliesTo: isCode,
  check({ path, tokens }) {
    return tokens.flatMap((token, index) => {
      if (token.kind !== SyntaxKind.ExclamationToken || token.startsLine) return [];
      if (!isOperand(tokens[index - 1]) || closesCondition(tokens, index - 1)) return [];
      return [{ file: path, line: token.line, message: 'postfix !: handle the missing value, or throw a sentence' }];
    });
  },
};

/** True where the `)` at `last` closes `if (…)` or `while (…)`, after which `!` opens an expression. */
function closesCondition(tokens: readonly Token[], last: number): boolean {
  let depth = 0;
  for (let index = last; index >= 0; index -= 1) {
    const kind = tokens[index]?.kind;
    if (kind === SyntaxKind.CloseParenToken) depth += 1;
    if (kind === SyntaxKind.OpenParenToken) depth -= 1;
    if (depth > 0) continue;
    const opener = tokens[index - 1]?.kind;
    return index < last && (opener === SyntaxKind.IfKeyword || opener === SyntaxKind.WhileKeyword);
  }
  return false;
}
