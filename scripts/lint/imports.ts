import { posix } from 'node:path';
import { SyntaxKind } from 'typescript/unstable/ast';
import type { Source } from './rule.ts';
import type { Token } from './tokens.ts';

export interface Import {
  /** As written: `../tensor/index.ts`, `node:fs`, `zod`. */
  readonly specifier: string;
  /** The file meant, relative to the project's folder; undefined for a package or a built-in module. */
  readonly target: string | undefined;
  readonly line: number;
  /** True for `import type`, `export type` and where every name is marked `type`. */
  readonly typesOnly: boolean;
}

/** Every module that a source names: static and dynamic imports, re-exports, and files named for a worker by `new URL`. */
export function importsOf(source: Source): readonly Import[] {
  const { tokens } = source;
  return tokens.flatMap((token, index) => {
    if (token.kind !== SyntaxKind.StringLiteral && token.kind !== SyntaxKind.NoSubstitutionTemplateLiteral) return [];
    const typesOnly = readContext(tokens, index);
    if (typesOnly === undefined) return [];
    const specifier = token.value;
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : undefined;
    return [{ specifier, target: target?.replace(/\?.*$/, ''), line: token.line, typesOnly }];
  });
}

/** Whether the string at `index` names a module and then whether for its types only; undefined for other strings. */
function readContext(tokens: readonly Token[], index: number): boolean | undefined {
  const before = tokens[index - 1];
  const farther = tokens[index - 2];
  if (before?.kind === SyntaxKind.ImportKeyword) return false;
  if (before?.kind === SyntaxKind.OpenParenToken) {
    if (farther?.kind === SyntaxKind.ImportKeyword) return isTypePosition(tokens[index - 3]);
    const madeUrl = farther?.text === 'URL' && tokens[index - 3]?.kind === SyntaxKind.NewKeyword;
    return madeUrl && tokens[index + 1]?.kind === SyntaxKind.CommaToken && tokens[index + 2]?.text === 'import' ? false : undefined;
  }
  if (before?.kind !== SyntaxKind.FromKeyword) return undefined;
  return namesTypesOnly(tokens, index - 2);
}

/** `typeof import('x')` and `: import('x').Y` are types; `await import('x')` is a value. */
const isTypePosition = (before: Token | undefined): boolean =>
  before?.kind === SyntaxKind.TypeOfKeyword || before?.kind === SyntaxKind.ColonToken || before?.kind === SyntaxKind.LessThanToken;

/** Reads an import clause backwards from its last token. */
function namesTypesOnly(tokens: readonly Token[], last: number): boolean {
  let start = last;
  while (start > 0 && ![SyntaxKind.ImportKeyword, SyntaxKind.ExportKeyword].includes(tokens[start]?.kind ?? start)) start -= 1;
  const clause = tokens.slice(start + 1, last + 1);
  if (clause[0]?.kind === SyntaxKind.TypeKeyword && clause[1]?.kind !== SyntaxKind.CommaToken) return true;
  if (clause[0]?.kind !== SyntaxKind.OpenBraceToken) return false;
  const names = clause.filter(
    ({ kind }, index) => index > 0 && [SyntaxKind.OpenBraceToken, SyntaxKind.CommaToken].includes(clause[index - 1]?.kind ?? kind),
  );
  const written = names.filter(({ kind }) => kind !== SyntaxKind.CloseBraceToken);
  return written.length > 0 && written.every(({ kind }) => kind === SyntaxKind.TypeKeyword);
}
