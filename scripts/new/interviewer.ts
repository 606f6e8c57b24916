import type { Question } from '../../src/knowledge/index.ts';
import { askChoice, askBibtex, askText } from './conversation.ts';
import type { Check, Talk } from './conversation.ts';

/** An answer is missing and nobody can be asked, or an option's answer is wrong. */
export class AnswerError extends Error {}

/** Whoever answers: options first, then the person, if there is one. */
export class Interviewer {
  readonly #talk: Talk | undefined;
  readonly #missing: string[] = [];

  constructor(talk: Talk | undefined) {
    this.#talk = talk;
  }

  say(text: string): void {
    this.#talk?.say(text);
  }

  /** An option's answer, checked; else the person's; else `otherwise`; else the option's name is noted as missing. */
  async text(flag: string, given: string | undefined, prompt: string, check: Check, otherwise?: string): Promise<string> {
    if (given !== undefined) {
      const problem = check(given);
      if (problem !== undefined) throw new AnswerError(`--${flag} "${given}": ${problem}`);
      return given;
    }
    if (this.#talk) return askText(this.#talk, prompt, check, otherwise);
    if (otherwise === undefined) this.#missing.push(`--${flag}`);
    return otherwise ?? '';
  }

  async choice<V extends string>(flag: string, given: readonly V[] | undefined, question: Question<V>, otherwise?: V): Promise<readonly V[]> {
    if (given !== undefined) return given;
    if (this.#talk) return askChoice(this.#talk, question, otherwise);
    if (otherwise === undefined) this.#missing.push(`--${flag}`);
    return otherwise === undefined ? [] : [otherwise];
  }

  async bibtex(prompt: string): Promise<string | undefined> {
    return this.#talk && askBibtex(this.#talk, prompt);
  }

  get isAlone(): boolean {
    return this.#talk === undefined;
  }

  miss(flag: string): void {
    this.#missing.push(flag);
  }

  /** @throws AnswerError that names all that is missing at once */
  demand(): void {
    if (this.#missing.length === 0) return;
    throw new AnswerError(`Without a terminal these answers are needed as options: ${this.#missing.join(', ')}. See --help.`);
  }
}
