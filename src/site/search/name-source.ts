import { isSplit } from './name-files.ts';
import type { NameFile, SplitNames } from './name-files.ts';
import { keyed } from './name-matches.ts';
import type { KeyedNames } from './name-matches.ts';

/** The names that start with one or two letters, among others. */
export type NameSource = (start: string) => Promise<KeyedNames>;

/** Names by their start, from files that `read` gets by name; each is read once, and again where that failed. */
export function nameSource(read: (file: string) => Promise<NameFile | SplitNames>): NameSource {
  const none = keyed({ to: [], rows: [] });
  const known = new Map<string, Promise<NameFile | SplitNames>>();
  const sorted = new WeakMap<NameFile, KeyedNames>();
  const get = (name: string): Promise<NameFile | SplitNames> => {
    const file = known.get(name) ?? read(name);
    if (!known.has(name)) {
      known.set(name, file);
      file.catch(() => known.delete(name));
    }
    return file;
  };
  const keyedOnce = (file: NameFile): KeyedNames => {
    const names = sorted.get(file) ?? keyed(file);
    sorted.set(file, names);
    return names;
  };
  return async (start) => {
    const file = await get(start.slice(0, 1));
    if (!isSplit(file)) return keyedOnce(file);
    const deeper = file.split.includes(start.slice(1)) ? await get(start) : undefined;
    return deeper === undefined || isSplit(deeper) ? none : keyedOnce(deeper);
  };
}
