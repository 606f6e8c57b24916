import { unknownName } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import { taskIds, taskRows } from './catalogue.ts';
import type { TaskRow } from './catalogue.ts';
import type { Task } from './task.ts';

/** The catalogue's row of a task; an unknown id is an error that names the nearest. */
export function findTask(id: string): TaskRow {
  const row = taskRows.find((candidate) => candidate.id === id);
  if (row) return row;
  throw new RangeError(unknownName('task', id, taskIds));
}

/**
 * Opens a task. Generated tasks ask nothing of `assets`; the others throw `AssetUnavailable` when their data can't be
 * had, and an error with the reason when the data isn't what the catalogue says.
 */
export async function loadTask(id: string, assets: AssetSource): Promise<Task> {
  return findTask(id).load(assets);
}
