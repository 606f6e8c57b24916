import { imagenetTemplates } from '../../methods/index.ts';
import type { PairWording } from '../../reprogramming/index.ts';
import { classWording } from '../../tasks/index.ts';

/** What the 80 templates are led by: the one that papers on CLIP take where they take one. */
const plainest = 'a photo of a {}.';

/**
 * What the classes of a task are called for a pair: as somebody wrote it for both; else, for pairs that read any text, the
 * task's own names in the 80 templates that OpenAI asked CLIP with, and no synonyms or sentences.
 * @throws RangeError for a home-made pair that doesn't know the task's words
 */
export function wordingOf(model: { readonly id: string; readonly homeMade: boolean }, task: { readonly id: string; readonly classes: readonly string[] }): PairWording {
  const written = classWording(model.id, task.id);
  if (written) return written;
  if (model.homeMade) {
    throw new RangeError(`Nobody has written what the classes of ${task.id} are called for ${model.id}, which knows few words; add a row to src/tasks/class-wording.ts.`);
  }
  const none = task.classes.map(() => []);
  return {
    names: task.classes.map((name) => name.replaceAll('_', ' ')),
    templates: [plainest, ...imagenetTemplates.filter((template) => template !== plainest)],
    synonyms: none,
    descriptions: none,
    distinctions: none,
  };
}
