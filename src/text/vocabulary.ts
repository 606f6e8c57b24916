import { TokenizerError } from './tokenizer-error.ts';

/** Tokens and their ids. Ids may have gaps, but no id and no token is used twice. */
export interface Vocabulary {
  /** One more than the largest id. */
  readonly size: number;
  readonly idOf: (token: string) => number | undefined;
  readonly tokenOf: (id: number) => string | undefined;
  readonly entries: () => Iterable<readonly [token: string, id: number]>;
}

/**
 * A vocabulary of tokens and ids. Throws {@link TokenizerError} when it is empty, when an id is no whole number from 0
 * on, or when two tokens share an id or two entries a token; `where` names it in the message.
 */
export function vocabularyOf(entries: Iterable<readonly [token: string, id: number]>, where: string): Vocabulary {
  const ids = new Map<string, number>();
  const tokens = new Map<number, string>();
  let size = 0;
  for (const [token, id] of entries) {
    if (!Number.isSafeInteger(id) || id < 0) {
      throw new TokenizerError(`${where} gives ${quoted(token)} the id ${id}; an id is a whole number from 0 on.`);
    }
    const other = tokens.get(id);
    if (other !== undefined) throw new TokenizerError(`${where} gives ${quoted(other)} and ${quoted(token)} the same id, ${id}.`);
    if (ids.has(token)) throw new TokenizerError(`${where} has ${quoted(token)} twice, with ids ${ids.get(token)} and ${id}.`);
    ids.set(token, id);
    tokens.set(id, token);
    size = Math.max(size, id + 1);
  }
  if (size === 0) throw new TokenizerError(`${where} is empty.`);
  return { size, idOf: (token) => ids.get(token), tokenOf: (id) => tokens.get(id), entries: () => ids };
}

/** A token in a message: as JSON would write it, so that spaces and control characters can be seen. */
export function quoted(token: string): string {
  return JSON.stringify(token.length > 40 ? `${token.slice(0, 40)}…` : token);
}
