import { answerText, readAnswer } from '../../tasks/index.ts';
import type { Question, ReaderName } from '../../tasks/index.ts';
import { inWords } from './demonstrations.ts';
import type { Demonstrations } from './demonstrations.ts';
import { tokensBehind, tokensOf } from './prepare-language-run.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';
import { has, promptOf, withTrigger } from './prompts.ts';
import { writeBehind } from './read-batch.ts';
import type { Measured, Writing } from './read-batch.ts';

/** The token that an answer ends with. */
function endOf(prepared: PreparedLanguage, prompt: string, question: Question): number {
  const tokens = tokensBehind(prepared.model, prompt, answerText(prepared.asking.wording, question, has(prepared, 'steps')));
  const end = tokens.at(-1);
  if (end === undefined) throw new RangeError('An answer has no tokens, not even an end.');
  return end;
}

/** How long the longest right answer is, with the steps to it, in tokens; a little more may be written. */
function longestAnswer(prepared: PreparedLanguage, steps: boolean): number {
  const { model, measured, train, asking } = prepared;
  const lengths = [...measured, ...train].map(({ question }) => {
    const text = answerText(asking.wording, inWords(prepared, question), steps);
    return model.tokenizer.encode(text, { specials: false }).length;
  });
  return lengths.reduce((most, length) => Math.max(most, length), 0) + 2;
}

/** Answers as they were read; `null` where a reader read none. */
export type Texts = readonly (string | null)[];

/** The answer that most samples come to, the earliest of equals; `null` where none comes to any. */
function vote(answers: Texts): string | null {
  const counts = new Map<string, number>();
  for (const answer of answers) if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].reduce<readonly [string | null, number]>((best, [answer, count]) => (count > best[1] ? [answer, count] : best), [null, 0])[0];
}

/** What is read from what the model writes behind prompts, by each reader. */
export function writtenAnswers(prepared: PreparedLanguage, measured: Measured, prompts: readonly string[], trigger: readonly number[]): Readonly<Record<ReaderName, Texts>> {
  const { model, adapted, asking, generator } = prepared;
  const steps = has(prepared, 'steps');
  const [first] = prepared.measured;
  if (!first || prompts.length === 0) return { strict: [], lenient: [] };
  const rows = prompts.map((prompt) => withTrigger(prepared, trigger, tokensOf(model, prompt)));
  const { reading } = adapted;
  const samples = reading.as === 'after-steps' ? reading.samples : undefined;
  const writing: Writing = {
    newTokens: longestAnswer(prepared, steps),
    end: endOf(prepared, prompts[0] ?? '', first.question),
    ...(samples ? { samples: { ...samples, generator: (row, sample) => generator.split('samples').split(row).split(sample) } } : {}),
  };
  const written = writeBehind(measured, rows, writing);
  const read = (reader: ReaderName): Texts =>
    written.map((texts) => vote(texts.map((ids) => readAnswer(asking.wording, model.tokenizer.decode(ids), reader, steps))));
  return { strict: read('strict'), lenient: read('lenient') };
}

/** Questions answered part by part: each part is asked with the answers so far, which only the strict reader reads. */
export function answeredInParts(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations): Texts {
  const { pool } = prepared;
  const decompose = pool.decompose;
  if (!decompose) throw new RangeError(`Nobody wrote down how the questions of ${prepared.task.id} are split into easier ones.`);
  const open = prepared.measured.map((asked) => ({ asked, next: decompose(asked.index), answers: [] as string[] }));
  const composed: (string | null)[] = open.map(() => null);
  let active = [...open.keys()];
  while (active.length > 0) {
    const asking = active.flatMap((at) => {
      const each = open[at];
      const step = each?.next(each.answers) ?? null;
      if (each === undefined || step === null) return [];
      if ('compose' in step) {
        composed[at] = step.compose;
        return [];
      }
      return [{ at, each, prompt: promptOf(prepared, step.ask, shown.of(each.asked)) }];
    });
    const { strict } = writtenAnswers(prepared, measured, asking.map(({ prompt }) => prompt), []);
    active = asking.flatMap(({ at, each }, number) => {
      const answer = strict[number] ?? null;
      if (answer === null) return [];
      each.answers.push(answer);
      return [at];
    });
  }
  return composed;
}
