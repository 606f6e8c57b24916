import { tokenise, type Token } from './tokens.ts';

/** A tracked text file as the rules see it. */
export interface Source {
  /** Relative to the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The TypeScript in it: all of a `.ts` file, the front matter and the scripts of an `.astro` file. */
  readonly tokens: readonly Token[];
}

export interface Finding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What was found and what to write instead. */
  readonly message: string;
}

/** One rule of the project. `check` is called with each file that it applies to, by itself. */
export interface Rule {
  readonly name: string;
  /** What holds when the rule finds nothing. */
  readonly promise: string;
  appliesTo(path: string): boolean;
  check(source: Source): readonly Finding[];
}

/** A source whose tokens are made when a rule first asks for them. */
export function createSource(path: string, text: string): Source {
  let tokens: readonly Token[] | undefined;
  return {
    path,
    text,
    get tokens() {
      tokens ??= path.endsWith('.astro') ? tokeniseAstro(text) : tokenise(text);
      return tokens;
    },
  };
}

function tokeniseAstro(text: string): readonly Token[] {
  const scripts = [...text.matchAll(/^---\n([^]*?)^---$/gm)].slice(0, 1);
  scripts.push(...text.matchAll(/<script(?![^>]*\btype=)[^>]*>([^]*?)<\/script>/g));
  return scripts.flatMap((match) => {
    const body = match[1] ?? '';
    const before = text.slice(0, match.index + match[0].indexOf(body));
    return tokenise(body, before.split('\n').length);
  });
}

/** The lines of a text on which a pattern is found, as findings. */
export function findLines(source: Source, pattern: RegExp, message: (found: string) => string): Finding[] {
  return source.text.split('\n').flatMap((line, index) => {
    const found = pattern.exec(line);
    return found === null ? [] : [{ file: source.path, line: index + 1, message: message(found[0]) }];
  });
}

/** True for the files that hold TypeScript. */
export const isCode = (path: string): boolean => /\.(ts|astro)$/.test(path) && !path.endsWith('.d.ts');
