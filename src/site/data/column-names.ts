import type { TableColumn } from '../../results/index.ts';

/** Sizes of the draws of one task on one model, as a table's blocks call them; empty where a block has no name. */
interface NamedColumns {
  readonly name: string;
  readonly sizes: readonly string[];
}

/** What stands before every colon of the labels, where it is the same for all. */
function sharedOpening(columns: readonly TableColumn[]): string {
  const openings = new Set(columns.map(({ label }) => /^[^:]+: /.exec(label)?.[0] ?? ''));
  const [only = '', ...others] = openings;
  return others.length === 0 && columns.length > 1 ? only : '';
}

/**
 * Some columns of a table in words, a task once: `shapes under a tint (1,000 pictures, 16 a class); pastel colours`. What all
 * labels of the table begin with is left out, and the model is named where there are several.
 */
export function columnsInWords(some: readonly TableColumn[], all: readonly TableColumn[]): string {
  const opening = sharedOpening(all);
  const hasModels = new Set(all.map(({ groupLabel }) => groupLabel)).size > 1;
  const named = new Map<string, NamedColumns>();
  for (const { key, label, modelId, taskId, groupLabel } of some) {
    const size = key.split('/').slice(2).join('/');
    const title = label.slice(opening.length, size === '' ? undefined : -`, ${size}`.length);
    const place = `${modelId}/${taskId}`;
    const before = named.get(place)?.sizes ?? [];
    named.set(place, { name: hasModels ? `${title} on ${groupLabel}` : title, sizes: size === '' ? before : [...before, size] });
  }
  return [...named.values()].map(({ name, sizes }) => (sizes.length === 0 ? name : `${name} (${sizes.join(', ')})`)).join('; ');
}
