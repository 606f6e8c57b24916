import type { ComparedNames } from './compared-entry.ts';

type Named = ComparedNames[number];

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well an entry answers to what was typed: 0 its name, 1 its name begins so, 2 a word of it, 3 an alias, 4 somewhere. */
function likeness({ id, name, aliases }: Named, typed: string): number | undefined {
  const called = plain(name);
  const others = aliases.map(plain);
  if (called === typed || id === typed) return 0;
  if (called.startsWith(typed)) return 1;
  if (called.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))) return 2;
  if (others.some((alias) => alias.startsWith(typed))) return 3;
  return [called, ...others].some((text) => text.includes(typed)) ? 4 : undefined;
}

/** The entries that what was typed may mean, the likeliest first; those in `taken` are left out. */
export function namesLike(typed: string, names: ComparedNames, taken: readonly string[], most = 8): readonly Named[] {
  const wanted = plain(typed.trim());
  if (wanted === '') return [];
  const found = names.flatMap((named) => {
    const order = taken.includes(named.id) ? undefined : likeness(named, wanted);
    return order === undefined ? [] : [{ named, order }];
  });
  return found
    .toSorted((a, b) => a.order - b.order || a.named.name.length - b.named.name.length || a.named.name.localeCompare(b.named.name, 'en'))
    .slice(0, most)
    .map(({ named }) => named);
}
