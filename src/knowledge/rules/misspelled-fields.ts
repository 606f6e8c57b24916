import { isRecord } from '../entry-file.ts';
import type { EntryKind } from '../entry.ts';
import { fieldsAt } from '../field-form.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../places.ts';

/** The fields of the map at `path` that are meant by names much like theirs which the schema doesn't know. */
export function misspelledFields(kind: EntryKind, map: unknown, path: Path): ReadonlySet<string> {
  const fields = fieldsAt(kind, path);
  const meant = Object.keys(isRecord(map) ? map : {}).flatMap((name) => {
    const field = fields.includes(name) ? undefined : nearest(name, fields);
    return field === undefined ? [] : [field];
  });
  return new Set(meant);
}
