import type { RunSpec } from '../../results/index.ts';
import { splitRule } from '../../tasks/index.ts';
import { recipeOf } from '../adapt-to-task.ts';
import { settingsOf } from '../spec-of.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';

/** How an answer is read, as a rule with its constants. */
function readingRule({ adapted, classTokens, method }: PreparedLanguage): RunSpec['labelMap'] {
  const { reading } = adapted;
  const ties = 'first class';
  if (adapted.judge) return null;
  switch (reading.as) {
    case 'head':
      return null;
    case 'calibrated':
      return { rule: 'class probabilities divided by those of a question without content', ties };
    case 'nearest-distributions':
      return { rule: 'classes of the anchors nearest by KL(anchor ‖ question)', ties: 'class of the nearest anchor', neighbours: reading.neighbours };
    case 'answer':
      if (!classTokens) return null;
      return {
        rule: method.recipe ? "largest log-probability of the first token of a class's words" : "largest sum of the log-probabilities of a class's words",
        ties,
      };
    case 'after-steps':
      return {
        rule: 'the answer behind the steps',
        ties: 'earliest sample',
        ...(reading.samples ? { samples: reading.samples.count, temperature: reading.samples.temperature } : {}),
      };
  }
}

function askingSettings({ adapted, options }: PreparedLanguage): NonNullable<RunSpec['asking']> {
  const shown = adapted.words.flatMap((words) => (words.kind === 'demonstrations' ? [words] : []))[0];
  const says = (kind: string): boolean => adapted.words.some((words) => words.kind === kind);
  return {
    wording: options['wording'] ?? 0,
    instruction: says('instruction'),
    steps: says('steps'),
    parts: says('parts'),
    shots: shown?.count ?? 0,
    ...(shown ? { choice: shown.choice, redrawn: shown.redrawn } : {}),
  };
}

/** The recipe as a record holds it: of a training, or of a search without (full) gradients. */
function recipeSettings(prepared: PreparedLanguage, steps: number): RunSpec['recipe'] {
  const { method, options, request } = prepared;
  const { recipe: course } = method;
  if (!course || steps === 0) return null;
  const initial = method.onText?.initial ?? course.initial;
  const { epochs, batch } = request;
  const search = course.search?.(options);
  if (search) {
    const { by, ...settings } = search;
    return {
      optimiser: { name: by, ...settings },
      learningRate: request.learningRate ?? null,
      schedule: { name: 'constant' },
      epochs,
      batch,
      steps,
      initial,
    };
  }
  const recipe = recipeOf(prepared);
  if (!recipe) return null;
  return {
    optimiser: settingsOf({ ...recipe.optimiser }),
    learningRate: recipe.learningRate,
    schedule: settingsOf({ ...recipe.schedule }),
    epochs,
    batch,
    steps,
    initial,
  };
}

/** Everything asked for that doesn't depend on the seed. `steps` is how many the training took. */
export function languageSpecOf(prepared: PreparedLanguage, steps: number): RunSpec {
  const { method, options, adapted, original, task, request } = prepared;
  return {
    method: { id: method.id, name: method.name, family: method.family, follows: method.follows, options },
    taxonomy: adapted.taxonomy,
    model: { id: original.id, digest: original.digest, homeMade: original.homeMade },
    task: { id: task.id, digest: task.digest, generated: task.generated },
    split: { train: request.split.train, validation: 0, test: request.split.test, rule: splitRule },
    labelMap: readingRule(prepared),
    asking: askingSettings(prepared),
    recipe: recipeSettings(prepared, steps),
    selection: 'last',
    search: request.search ?? null,
    tricks: method.onText?.tricks ?? method.tricks,
    ...(request.control ? { control: request.control } : {}),
  };
}
