import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';

/** One token of a TypeScript source; comments and white space are left out. */
export interface Token {
  readonly kind: SyntaxKind;
  /** As written, quotes included. */
  readonly text: string;
  /** The value of a string literal, else as written. */
  readonly value: string;
  /** 1-based. */
  readonly line: number;
  /** True when it is the first token of its line. */
  readonly startsLine: boolean;
}

/** After these a `/` divides; after anything else it opens a regular expression. */
const operands: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.PlusPlusToken,
  SyntaxKind.MinusMinusToken,
]);

export const isOperand = (token: Token | undefined): boolean => token !== undefined && operands.has(token.kind);

/** Splits a TypeScript source into tokens with the compiler's own scanner. `firstLine` is the line of its start. */
export function tokenise(source: string, firstLine = 1): readonly Token[] {
  const scanner = createScanner(true, undefined, source);
  const tokens: Token[] = [];
  // For each open brace: whether it opened a template's substitution.
  const braces: boolean[] = [];
  let line = firstLine;
  let counted = 0;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    const division = kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken;
    if (division && !isOperand(tokens.at(-1))) kind = scanner.reScanSlashToken();
    if (kind === SyntaxKind.CloseBraceToken && braces.at(-1) === true) kind = scanner.reScanTemplateToken(false);
    if (kind === SyntaxKind.OpenBraceToken || kind === SyntaxKind.TemplateHead) braces.push(kind === SyntaxKind.TemplateHead);
    if (kind === SyntaxKind.CloseBraceToken || kind === SyntaxKind.TemplateTail) braces.pop();
    const start = scanner.getTokenStart();
    for (; counted < start; counted += 1) if (source[counted] === '\n') line += 1;
    tokens.push({
      kind,
      text: scanner.getTokenText(),
      value: scanner.getTokenValue(),
      line,
      startsLine: scanner.hasPrecedingLineBreak(),
    });
  }
  return tokens;
}
