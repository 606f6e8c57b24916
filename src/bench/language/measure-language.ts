import { argmaxRows, softmaxRows } from '../../reprogramming/index.ts';
import type { Rows, Words } from '../../reprogramming/index.ts';
import { naturalLog } from '../../random/index.ts';
import { answerText, promptText, readAnswer } from '../../tasks/index.ts';
import type { Question, ReaderName } from '../../tasks/index.ts';
import type { Params } from '../../tensor/index.ts';
import { drawDemonstrations, inWords } from './demonstrations.ts';
import type { Demonstrations } from './demonstrations.ts';
import { tokensBehind, tokensOf } from './prepare-language-run.ts';
import type { Drawn, PreparedLanguage } from './prepare-language-run.ts';
import { nextTokenDistributions, scoreByHead, scoreChoices, writeBehind } from './read-batch.ts';
import type { Measured, Writing } from './read-batch.ts';

/** How a run came out on the questions it was measured on. */
export interface JudgedLanguage {
  /** What was answered: a class, or the text that was read; `null` where no reader read one. */
  readonly predictions: readonly (number | string | null)[];
  /** 1 where the answer was right, by the strict reader or the sum of log-probabilities. */
  readonly correct: Uint8Array;
  /** Shares of the questions, by name; the first is the accuracy. */
  readonly shares: readonly (readonly [name: string, share: number])[];
  /** Places of the demonstrations in the training pool, where all questions share them. */
  readonly exemplars: readonly number[] | null;
}

const none: Demonstrations = { of: () => [], restOf: () => [], shared: null };

/** No demonstrations, but answered questions at hand. */
const nothingShown = { kind: 'demonstrations', count: 0, choice: 'random', redrawn: 0 } as const;

const isShown = (words: Words): words is Extract<Words, { kind: 'demonstrations' }> => words.kind === 'demonstrations';
const has = ({ adapted }: PreparedLanguage, kind: Words['kind']): boolean => adapted.words.some((words) => words.kind === kind);

/** The ids of a searched trigger, which stand behind the start token. */
function triggerOf({ adapted }: PreparedLanguage, params: Params): readonly number[] {
  const trigger = adapted.trigger === null ? undefined : params[adapted.trigger];
  return trigger ? Array.from(trigger.dataSync(), (id) => Math.round(id)) : [];
}

/** Token ids with those of a trigger behind the start token. */
export function withTrigger({ model }: PreparedLanguage, trigger: readonly number[], ids: readonly number[]): number[] {
  const head = model.start === null ? 0 : 1;
  return [...ids.slice(0, head), ...trigger, ...ids.slice(head)];
}

/** The prompt of a question as text. */
function promptOf(prepared: PreparedLanguage, question: string, demonstrations: readonly Question[]): string {
  return promptText(prepared.asking.wording, question, {
    instruction: has(prepared, 'instruction'),
    steps: has(prepared, 'steps'),
    demonstrations,
  });
}

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

type Texts = readonly (string | null)[];

/** The answer that most samples come to, the earliest of equals; `null` where none comes to any. */
function vote(answers: Texts): string | null {
  const counts = new Map<string, number>();
  for (const answer of answers) if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].reduce<readonly [string | null, number]>((best, [answer, count]) => (count > best[1] ? [answer, count] : best), [null, 0])[0];
}

/** What is read from what the model writes behind prompts, by each reader. */
function writtenAnswers(prepared: PreparedLanguage, measured: Measured, prompts: readonly string[], trigger: readonly number[]): Readonly<Record<ReaderName, Texts>> {
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
function answeredInParts(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations): Texts {
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

const share = (flags: ArrayLike<number>): number => Array.from(flags).reduce((sum, flag) => sum + flag, 0) / Math.max(1, flags.length);

function judgedTexts({ measured }: PreparedLanguage, strict: Texts, lenient: Texts, exemplars: readonly number[] | null): JudgedLanguage {
  const right = (texts: Texts): Uint8Array => Uint8Array.from(measured, ({ question }, at) => (texts[at] === question.answer ? 1 : 0));
  const correct = right(strict);
  return {
    predictions: strict,
    correct,
    shares: [
      ['accuracy', share(correct)],
      ['accuracy, lenient reader', share(right(lenient))],
      ['no answer read', share(strict.map((text) => (text === null ? 1 : 0)))],
    ],
    exemplars,
  };
}

/**
 * The tokens that a class is recognised by: of a method that is trained or searched, the first of its words, which it was
 * trained on; else all of them, as lm-evaluation-harness has it.
 */
export function choicesOf({ method }: Pick<PreparedLanguage, 'method'>, classTokens: Rows): Rows {
  return method.recipe === null ? classTokens : classTokens.map((tokens) => tokens.slice(0, 1));
}

/** Scores of classes as predictions, and, where asked for, the accuracy when they are divided by the words' lengths. */
function judgedScores(
  { measured, task, asking }: PreparedLanguage,
  scores: Float32Array,
  exemplars: readonly number[] | null,
  byLength: boolean,
): JudgedLanguage {
  const classes = task.classes.length;
  const words = asking.wording.classWords ?? task.classes;
  const right = (predictions: Int32Array): Uint8Array => Uint8Array.from(measured, ({ label }, at) => (predictions[at] === label ? 1 : 0));
  const predictions = argmaxRows(scores, classes);
  const correct = right(predictions);
  const divided = scores.map((score, at) => score / Math.max(1, (words[at % classes] ?? '').length));
  return {
    predictions: [...predictions],
    correct,
    shares: [
      ['accuracy', share(correct)],
      ...(byLength ? ([['accuracy, scores by length', share(right(argmaxRows(divided, classes)))]] as const) : []),
    ],
    exemplars,
  };
}

/** p(class) divided by p(class | a question without content), both among the classes, for each question. */
function calibrated(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations, scores: Float32Array, trigger: readonly number[]): Float32Array {
  const { classTokens, asking, model } = prepared;
  const { contentFree } = asking.wording;
  if (!classTokens || contentFree === undefined) {
    throw new RangeError(`Calibration needs classes and a question without content; ${prepared.task.id} names none.`);
  }
  const empty = prepared.measured.map((asked) => withTrigger(prepared, trigger, tokensOf(model, promptOf(prepared, contentFree, shown.of(asked)))));
  const classes = classTokens.length;
  const own = softmaxRows(scores, classes);
  const without = softmaxRows(scoreChoices(measured, empty, classTokens), classes);
  return Float32Array.from(own, (p, at) => p / Math.max(without[at] ?? 0, 1e-12));
}

/** Natural logarithms; of what is 0, or nearly, that of 1e-30. */
const logarithms = (probabilities: Float32Array): Float64Array => Float64Array.from(probabilities, (p) => naturalLog(Math.max(p, 1e-30)));

/** For each question how many of its nearest anchors, by KL(anchor's distribution ‖ its own), are of each class. */
function neighbourVotes(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations, rows: Rows, neighbours: number): Float32Array {
  const { task, model } = prepared;
  const { vocabulary } = model.architecture;
  const classes = task.classes.length;
  const votes = new Float32Array(prepared.measured.length * classes);
  const own = nextTokenDistributions(measured, rows);
  const anchorsOf = (asked: Drawn): readonly Question[] => shown.restOf(asked);
  const rowOfAnchor = (asked: Drawn, anchor: Question): readonly number[] => tokensOf(model, promptOf(prepared, anchor.question, shown.of(asked)));
  const shared = shown.shared !== null;
  const [first] = prepared.measured;
  const all = shared && first ? nextTokenDistributions(measured, anchorsOf(first).map((anchor) => rowOfAnchor(first, anchor))) : null;
  const flat = all ? null : prepared.measured.flatMap((asked) => anchorsOf(asked).map((anchor) => rowOfAnchor(asked, anchor)));
  const apart = flat ? nextTokenDistributions(measured, flat) : null;
  const table = apart ?? all ?? new Float32Array();
  const [logs, ownLogs] = [logarithms(table), logarithms(own)];
  let behind = 0;
  prepared.measured.forEach((asked, at) => {
    const anchors = anchorsOf(asked);
    if (anchors.length === 0) throw new RangeError('kNN prompting has no anchors: all answered questions are demonstrations.');
    const distances = anchors.map((_, anchor) => {
      const from = apart ? (behind + anchor) * vocabulary : anchor * vocabulary;
      let sum = 0;
      for (let token = 0; token < vocabulary; token += 1) {
        const p = table[from + token] ?? 0;
        if (p > 0) sum += p * ((logs[from + token] ?? 0) - (ownLogs[at * vocabulary + token] ?? 0));
      }
      return sum;
    });
    behind += anchors.length;
    const nearest = [...anchors.keys()].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b).slice(0, neighbours);
    nearest.forEach((anchor, rank) => {
      const k = task.classes.indexOf(anchors[anchor]?.answer ?? '');
      const before = votes[at * classes + k] ?? 0;
      // of classes with equal votes the one of the nearest anchor: its first vote brings a share of one that no count reaches
      if (k >= 0) votes[at * classes + k] = before + 1 + (before === 0 ? (nearest.length - rank) / (2 * nearest.length) : 0);
    });
  });
  return votes;
}

/** Measures an adapted language model on the questions of a run. */
export function measureLanguage(prepared: PreparedLanguage, params: Params): JudgedLanguage {
  const { adapted, method, model, task, classTokens, train } = prepared;
  const measured: Measured = { model, adapted, params };
  if (adapted.judge) {
    if (!classTokens) throw new RangeError(`${prepared.method.name} chooses among classes; the answers of ${task.id} are open.`);
    const judge = adapted.judge(train.map(({ question }) => question.question), Int32Array.from(train, ({ label }) => label), classTokens.length);
    const predictions = prepared.measured.map(({ question }) => judge(question.question));
    const correct = Uint8Array.from(prepared.measured, ({ label }, at) => (predictions[at] === label ? 1 : 0));
    return { predictions, correct, shares: [['accuracy', share(correct)]], exemplars: null };
  }
  const { reading } = adapted;
  const wanted = adapted.words.find(isShown) ?? (reading.as === 'nearest-distributions' ? nothingShown : undefined);
  const shown = wanted ? drawDemonstrations(prepared, wanted) : none;
  if (has(prepared, 'parts')) {
    const texts = answeredInParts(prepared, measured, shown);
    return judgedTexts(prepared, texts, texts, shown.shared);
  }
  const trigger = triggerOf(prepared, params);
  const prompts = prepared.measured.map((asked) => promptOf(prepared, asked.question.question, shown.of(asked)));
  if (!classTokens) {
    if (reading.as === 'calibrated' || reading.as === 'nearest-distributions') {
      throw new RangeError(`${prepared.method.name} chooses among classes; the answers of ${task.id} are open.`);
    }
    const { strict, lenient } = writtenAnswers(prepared, measured, prompts, trigger);
    return judgedTexts(prepared, strict, lenient, shown.shared);
  }
  const rows = prompts.map((prompt) => withTrigger(prepared, trigger, tokensOf(model, prompt)));
  switch (reading.as) {
    case 'head':
      return judgedScores(prepared, scoreByHead(measured, rows, classTokens.length), shown.shared, false);
    case 'nearest-distributions':
      return judgedScores(prepared, neighbourVotes(prepared, measured, shown, rows, reading.neighbours), shown.shared, false);
    case 'calibrated': {
      const scores = calibrated(prepared, measured, shown, scoreChoices(measured, rows, classTokens), trigger);
      return judgedScores(prepared, scores, shown.shared, false);
    }
    case 'answer':
      return judgedScores(prepared, scoreChoices(measured, rows, choicesOf(prepared, classTokens)), shown.shared, method.recipe === null);
    case 'after-steps':
      throw new RangeError(`${prepared.method.name} writes its answers; ${task.id} chooses among classes.`);
  }
}

