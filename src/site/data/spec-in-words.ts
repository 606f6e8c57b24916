import type { DoneRecord, RunSpec } from '../../results/index.ts';
import { askingOf, classTextsOf, readingInWords } from './asking.ts';

type Recipe = NonNullable<RunSpec['recipe']>;

/** What a curve shows, and by what. */
export interface CurveWords {
  readonly what: string;
  readonly by: string;
}

/** How a search that follows no gradient, or not all of it, is told of. */
interface SearchWords {
  readonly optimiser: (settings: Readonly<Record<string, unknown>>) => string;
  /** What a record calls its learning rate. */
  readonly rate: readonly [label: string, ifNone: string];
  /** What its steps are. */
  readonly steps: string;
  readonly curve: CurveWords;
}

const searches: Readonly<Record<string, SearchWords>> = {
  'cma-es': {
    optimiser: ({ population, ...rest }) => ['CMA-ES, from losses alone', `${String(population)} candidates a generation`, inWords(rest)].filter(Boolean).join(', '),
    rate: ['First step size σ', '1'],
    steps: 'candidates tried',
    curve: { what: 'Smallest loss so far', by: 'generation' },
  },
  'swap-tokens': {
    optimiser: ({ candidates, ...rest }) => ['swaps of one token at a time', `the ${String(candidates)} candidates that the gradient puts first are tried`, inWords(rest)].filter(Boolean).join(', '),
    rate: ['Learning rate', 'none: tokens are swapped'],
    steps: 'steps of one swap each',
    curve: { what: 'Training loss', by: 'step' },
  },
};

/** What the curve of a run shows. */
export const curveInWords = (recipe: RunSpec['recipe']): CurveWords => searches[recipe?.optimiser.name ?? '']?.curve ?? { what: 'Training loss', by: 'epoch' };

function recipeRows({ optimiser, learningRate, schedule, epochs, batch, steps, initial, settings }: Recipe): readonly (readonly [string, string | undefined])[] {
  const { name, ...own } = optimiser;
  const search = searches[name];
  const many = steps.toLocaleString('en');
  return [
    ['Optimiser', search ? search.optimiser(own) : named(optimiser)],
    [search?.rate[0] ?? 'Learning rate', learningRate?.toString() ?? search?.rate[1]],
    ['Schedule', search ? undefined : named(schedule)],
    ['Training', search ? `${many} ${search.steps}, as many passes through the model as a training of ${epochs} epochs takes; batches of ${batch}` : `${epochs} epochs, batches of ${batch}, ${steps} steps`],
    ['Start', initial],
    ['More', settings === undefined ? undefined : inWords(settings)],
  ];
}

/** A run's spec for readers: label and value, in the order in which one asks. */
export function specInWords(record: Pick<DoneRecord, 'spec' | 'params' | 'result'>): readonly (readonly [string, string])[] {
  const { method, control, model, task, split, labelMap, recipe, selection, search, tricks } = record.spec;
  const reads = askingOf(record.spec) !== null;
  const texts = classTextsOf(record.spec);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Method', `${method.name} (${method.family}), follows the ${method.follows}`],
    ['Options', inWords(method.options) || 'none'],
    ['Control', control],
    ['Model', `${model.id}${model.homeMade ? ' (home-made)' : ''}, digest ${model.digest}`],
    ['Task', `${task.id}${task.generated ? ' (generated)' : ''}, digest ${task.digest}`],
    ['Split', `${split.train} training, ${split.validation} validation, ${split.test} test; ${split.rule}`],
    reads ? ['Answer', readingInWords(record)] : ['Label map', labelMap === null ? 'none' : inWords(labelMap)],
    ['Class texts', texts === null ? undefined : `“${texts.texts}” is the plainest; all that classes are called has the digest ${texts.wording}`],
    ...(recipe === null ? [['Optimiser', 'nothing is trained'] as const] : recipeRows(recipe)),
    ['Selection', `${selection} epoch`],
    ['Search', search === null ? 'none' : searchInWords(search)],
    ['Shortcuts', tricks.length === 0 ? 'none' : tricks.map(({ name, exact }) => `${name} (${exact ? 'same result' : 'not the same as without'})`).join('; ')],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}

function searchInWords({ trials, tunedOn, chosen }: NonNullable<RunSpec['search']>): string {
  const tried = trials.map(({ learningRate, value }) => `${learningRate}: ${value === null ? 'diverged' : value.toFixed(3)}`);
  return `${tried.join('; ')} (held-out ${tunedOn.metric} on ${tunedOn.heldOut} items of ${tunedOn.task}, seed ${tunedOn.seed}); chosen ${chosen}`;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([name, part]) => `${name} ${inWords(part)}`).join(', ');
  return String(value);
}

function named({ name, ...rest }: Readonly<Record<string, unknown>>): string {
  return [String(name), inWords(rest)].filter(Boolean).join(': ');
}
