import { evaluateFormula, lettersOf } from '../../../knowledge/index.ts';
import type { MethodEntry } from '../../../knowledge/index.ts';

type Options = Readonly<Record<string, string | number | boolean>>;

/** What a card says of a model, as far as formulas ask for it. */
export interface ModelFacts {
  readonly id: string;
  readonly input?: unknown;
  readonly width?: unknown;
  readonly featureWidth?: unknown;
  readonly outputs?: unknown;
}

/** A model, a task and a method's options: what a count belongs to. */
export interface CountSetting {
  readonly model: ModelFacts;
  /** Classes of the task. */
  readonly classes: number | undefined;
  readonly options: Options;
}

const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** Side `at` of an input given as rows × columns × channels. */
function sideOf({ input }: ModelFacts, at: number): number | undefined {
  const sides = typeof input === 'string' ? input.split('×').map((part) => Number(part.trim())) : [];
  return sides.length === 3 ? number(sides[at]) : undefined;
}

/** What letters of formulas stand for, in the words of the entries; any other meaning isn't guessed at. */
const meanings: Readonly<Record<string, (setting: CountSetting) => number | undefined>> = {
  "channels of the model's input": ({ model }) => sideOf(model, 2),
  'rows of the canvas': ({ model }) => sideOf(model, 0),
  'columns of the canvas': ({ model }) => sideOf(model, 1),
  'width of the features': ({ model }) => number(model.featureWidth),
  'width of a token': ({ model }) => number(model.width),
  'source classes of the model': ({ model }) => number(model.outputs),
  'classes of the target task': ({ classes }) => classes,
  'prompt tokens': ({ options }) => number(options['tokens']),
  'side of the centred picture that the program leaves alone (0 where it covers everything, the whole side without a program)':
    ({ model, options }) => ({ additive: 0, none: sideOf(model, 0) })[String(options['program'])],
};

/** An entry's formula for one setting, or undefined where a letter of it can't be read there. */
export function countFor({ trainable }: MethodEntry, setting: CountSetting): number | undefined {
  if (trainable.formula === undefined) return undefined;
  const letters = lettersOf(trainable.formula).map((letter) => {
    const meaning = trainable.where?.[letter];
    return [letter, meaning === undefined ? undefined : meanings[meaning]?.(setting)] as const;
  });
  const values = letters.flatMap(([letter, value]) => (value === undefined ? [] : [[letter, value] as const]));
  return values.length < letters.length ? undefined : evaluateFormula(trainable.formula, Object.fromEntries(values));
}

/** One count, and what it is for. */
export interface Count {
  readonly modelId: string;
  readonly taskId: string;
  readonly options: Options;
  readonly trainable: number;
}

/** Counts that are equal, in one line. */
export interface CountLine {
  readonly modelId: string;
  /** Options in words: `program padding`; empty where there are none. */
  readonly setting: string;
  /** Tasks of this count, or undefined where it is the same for all. */
  readonly taskIds: readonly string[] | undefined;
  readonly trainable: number;
}

/** Counts by model and options; tasks are named only where they differ. */
export function countLines(counts: readonly Count[]): readonly CountLine[] {
  const settings = new Map<string, readonly Count[]>();
  for (const count of counts) {
    const key = JSON.stringify([count.modelId, count.options]);
    settings.set(key, [...(settings.get(key) ?? []), count]);
  }
  return [...settings.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const setting = Object.entries(first.options).map(([name, value]) => `${name} ${value}`).join(', ');
    const numbers = [...new Set(own.map(({ trainable }) => trainable))];
    return numbers.map((trainable) => ({
      modelId: first.modelId,
      setting,
      taskIds: numbers.length === 1 ? undefined : own.filter((count) => count.trainable === trainable).map(({ taskId }) => taskId),
      trainable,
    }));
  });
}
