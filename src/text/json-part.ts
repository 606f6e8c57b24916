import { TokenizerError } from './tokenizer-error.ts';
import { quoted } from './vocabulary.ts';

/** A part of a parsed JSON file that knows its name (`tokenizer.json: model.vocab`), for messages. */
export class JsonPart {
  readonly #value: unknown;
  readonly #file: string;
  readonly #path: string;

  constructor(value: unknown, file: string, path = '') {
    this.#value = value;
    this.#file = file;
    this.#path = path;
  }

  get where(): string {
    return this.#path === '' ? this.#file : `${this.#file}: ${this.#path}`;
  }

  fail(reason: string): never {
    throw new TokenizerError(`${this.where} ${reason}.`);
  }

  /** The part of that name; undefined when it is missing or null. */
  find(name: string): JsonPart | undefined {
    const value = new Map(this.entries()).get(name);
    return value === undefined || value === null ? undefined : new JsonPart(value, this.#file, this.#inside(`.${name}`));
  }

  get(name: string): JsonPart {
    return this.find(name) ?? new JsonPart(undefined, this.#file, this.#inside(`.${name}`)).fail('is missing');
  }

  /** What the table has under the text of the part of that name; another text is refused with those that are known. */
  pick<T>(name: string, table: ReadonlyMap<string, T>): T {
    const part = this.get(name);
    const text = part.text();
    const found = table.get(text);
    return found ?? part.fail(`is ${quoted(text)}, which can't be read here; known are ${[...table.keys()].join(', ')}`);
  }

  entries(): readonly (readonly [string, unknown])[] {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.#expected('an object');
    return Object.entries(value);
  }

  list(): readonly JsonPart[] {
    if (!Array.isArray(this.#value)) return this.#expected('a list');
    return this.#value.map((value: unknown, index) => new JsonPart(value, this.#file, this.#inside(`[${index}]`)));
  }

  isList(): boolean {
    return Array.isArray(this.#value);
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.#expected('a text');
  }

  /** A text of exactly one character. */
  character(): string {
    const text = this.text();
    return Array.from(text).length === 1 ? text : this.fail('must be one character');
  }

  /** A text of at least one character. */
  someText(): string {
    const text = this.text();
    return text === '' ? this.fail('is empty') : text;
  }

  number(): number {
    return typeof this.#value === 'number' ? this.#value : this.#expected('a number');
  }

  truth(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : this.#expected('true or false');
  }

  #inside(step: string): string {
    return this.#path === '' && step.startsWith('.') ? step.slice(1) : this.#path + step;
  }

  #expected(kind: string): never {
    return this.fail(`must be ${kind}`);
  }
}
