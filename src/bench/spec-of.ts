import type { Adapted } from '../reprogramming/index.ts';
import type { RunSpec } from '../results/index.ts';
import { splitRule } from '../tasks/index.ts';
import type { QueriedGradient } from '../training/index.ts';
import { recipeOf } from './adapt-to-task.ts';
import type { Prepared } from './prepare-run.ts';

/** The rule from source to target labels, with its constants; `null` where the alignment has none. */
function labelMapOf({ alignment }: Adapted): RunSpec['labelMap'] {
  switch (alignment.kind) {
    case 'statistical': {
      const { rule, ...constants } = alignment.describe;
      return {
        rule: String(rule),
        ties: 'first cell in row-major [source][target] order',
        refresh: alignment.refresh,
        ...(alignment.reads === 'probabilities' ? { reads: alignment.reads } : {}),
        ...constants,
      };
    }
    case 'structural':
      return { rule: `preset, reads ${alignment.reads}`, ties: 'none' };
    case 'identity':
    case 'linear':
      return null;
  }
}

type SettingValue = string | number | boolean | readonly number[];

/** An optimiser or a schedule with its settings, as a record holds them. */
export function settingsOf(settings: { readonly name: string } & Readonly<Record<string, SettingValue>>): {
  readonly name: string;
  readonly [setting: string]: SettingValue;
} {
  return { ...settings };
}

/** A gradient that was estimated, as a record holds it. */
function gradientSettings({ by, directions, smoothing }: QueriedGradient): Readonly<Record<string, SettingValue>> {
  return { gradient: by, directions, smoothing };
}

/** Everything asked for that doesn't depend on the seed. `steps` is how many the training took. */
export function specOf(prepared: Prepared, steps: number): RunSpec {
  const { method, options, adapted, original, task, request, asking } = prepared;
  const onPair = asking ? method.onPair?.(options) : undefined;
  const recipe = recipeOf(prepared);
  return {
    method: { id: method.id, name: method.name, family: method.family, follows: method.follows, options },
    taxonomy: adapted.taxonomy,
    model: { id: original.id, digest: original.digest, homeMade: original.homeMade },
    task: { id: task.id, digest: task.digest, generated: task.generated },
    split: { train: request.split.train, validation: 0, test: request.split.test, rule: splitRule },
    labelMap: labelMapOf(adapted),
    ...(asking ? { asking } : {}),
    recipe:
      recipe && method.recipe && steps > 0
        ? {
            optimiser: settingsOf({ ...recipe.optimiser }),
            learningRate: recipe.learningRate,
            schedule: settingsOf({ ...recipe.schedule }),
            epochs: recipe.epochs,
            batch: recipe.batch,
            steps,
            initial: onPair?.initial ?? method.recipe.initial,
            ...(recipe.gradient ? { settings: gradientSettings(recipe.gradient) } : {}),
          }
        : null,
    selection: 'last',
    search: request.search ?? null,
    tricks: onPair?.tricks ?? method.tricks,
    ...(request.control ? { control: request.control } : {}),
  };
}
