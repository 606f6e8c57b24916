import type { RunSpec } from '../../results/index.ts';

/** A spec for readers: label and value, in the order in which one asks. */
export function specInWords({ method, control, model, task, split, labelMap, recipe, selection, search, tricks }: RunSpec): readonly (readonly [string, string])[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Method', `${method.name} (${method.family}), follows the ${method.follows}`],
    ['Options', inWords(method.options) || 'none'],
    ['Control', control],
    ['Model', `${model.id}${model.homeMade ? ' (home-made)' : ''}, digest ${model.digest}`],
    ['Task', `${task.id}${task.generated ? ' (generated)' : ''}, digest ${task.digest}`],
    ['Split', `${split.train} training, ${split.validation} validation, ${split.test} test; ${split.rule}`],
    ['Label map', labelMap === null ? 'none' : inWords(labelMap)],
    ['Optimiser', recipe === null ? 'nothing is trained' : named(recipe.optimiser)],
    ['Learning rate', recipe?.learningRate.toString()],
    ['Schedule', recipe === null ? undefined : named(recipe.schedule)],
    ['Training', recipe === null ? undefined : `${recipe.epochs} epochs, batches of ${recipe.batch}, ${recipe.steps} steps`],
    ['Start', recipe?.initial],
    ['More', recipe?.settings === undefined ? undefined : inWords(recipe.settings)],
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
