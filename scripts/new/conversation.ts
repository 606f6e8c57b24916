import type { Choice, Question } from '../../src/knowledge/index.ts';

/** Somebody to talk to: a terminal, or a test. */
export interface Talk {
  say(text: string): void;
  /** The line that was typed; rejects when the person leaves. */
  ask(prompt: string): Promise<string>;
}

/** What is wrong with an answer, in a sentence; undefined where nothing is. */
export type Check = (answer: string) => string | undefined;

/** Asks until the answer is good; an empty line takes `otherwise`, if there is one. */
export async function askText(talk: Talk, prompt: string, check: Check, otherwise?: string): Promise<string> {
  for (;;) {
    const typed = (await talk.ask(`${prompt}${otherwise ? ` [${otherwise}]` : ''}: `)).trim();
    const answer = typed === '' && otherwise !== undefined ? otherwise : typed;
    const problem = check(answer);
    if (problem === undefined) return answer;
    talk.say(`  ${problem}`);
  }
}

/** The choices meant by `1`, `1,3`, or their values; undefined where one isn't among them. */
function chosen<V extends string>(typed: string, choices: readonly Choice<V>[]): readonly V[] | undefined {
  const parts = typed.split(/[\s,;]+/).filter(Boolean);
  const values = parts.map((part) => choices.find(({ value }, i) => value === part.toLowerCase() || String(i + 1) === part)?.value);
  const known = values.flatMap((value) => (value === undefined ? [] : [value]));
  if (known.length === 0 || known.length < parts.length) return undefined;
  return choices.map(({ value }) => value).filter((value) => known.includes(value));
}

/** Asks one of the plain questions and tells what the answer means. */
export async function askChoice<V extends string>(talk: Talk, question: Question<V>, otherwise?: V): Promise<readonly V[]> {
  const { ask, help, many, choices } = question;
  talk.say(`\n${ask}\n  ${help}`);
  for (const [i, { label }] of choices.entries()) talk.say(`  ${i + 1}  ${label}`);
  const numbers = choices.map((_, i) => i + 1);
  const prompt = many ? `${numbers.join(', ')}; several as "1,2"` : numbers.join(' or ');
  for (;;) {
    const typed = (await talk.ask(`${prompt}${otherwise ? ` [${otherwise}]` : ''}: `)).trim();
    const values = typed === '' && otherwise !== undefined ? [otherwise] : chosen(typed, choices);
    if (values !== undefined && (many || values.length === 1)) {
      for (const { value, means } of choices) if (values.includes(value)) talk.say(`  → ${value}: ${means}`);
      return values;
    }
    talk.say(`  Type ${many ? 'one or more' : 'one'} of the numbers ${numbers.join(', ')}.`);
  }
}

const braces = (text: string): number => [...text].reduce((open, letter) => open + (letter === '{' ? 1 : letter === '}' ? -1 : 0), 0);

/** A BibTeX entry over several lines, up to its closing brace or an empty line; or a single line of anything else. */
export async function askBibtex(talk: Talk, prompt: string): Promise<string> {
  talk.say(prompt);
  let text = '';
  for (;;) {
    const line = await talk.ask('  ');
    if (line.trim() === '' && text !== '') return text;
    if (line.trim() === '') continue;
    text += `${text === '' ? '' : '\n'}${line}`;
    if (!text.trimStart().startsWith('@') || (text.includes('{') && braces(text) <= 0)) return text;
  }
}
