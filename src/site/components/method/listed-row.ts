import type { MethodEntry } from '../../../knowledge/index.ts';

type Readings = readonly (readonly [words: RegExp, value: string])[];

/** What the words of the companion list mean here. */
const readings: Readonly<Record<'mechanism' | 'location' | 'operator' | 'alignment', Readings>> = {
  mechanism: [
    [/^(model|adversarial)-reprogramming$/, 'MR'],
    [/^(prompt-tuning|soft-prompts)$/, 'PT'],
    [/^prompt-instruction$/, 'PI'],
  ],
  location: [
    [/^input(-layers?|-space)?$/, 'input'],
    [/^embedding(-level|-layer)?$/, 'embedding'],
    [/^(hidden|intermediate(-layers)?)$/, 'hidden'],
  ],
  operator: [
    [/^add(ition|itive)?$/, 'additive'],
    [/^concat(enation|enative)?$/, 'concatenative'],
    [/^parametric$/, 'parametric'],
  ],
  alignment: [
    [/^ident(it)?ity$/, 'identity'],
    [/^rule(-based)?$/, 'structural'],
    [/^statistical$/, 'statistical'],
    [/^linear( alignment)?$/, 'linear'],
  ],
};
type ListedField = keyof typeof readings;
const fields = Object.keys(readings) as readonly ListedField[];

/** The values that words of the list stand for; what isn't understood stays as it is. */
function readListed(field: ListedField, words: string): ReadonlySet<string> {
  const parts = words.split('/').map((part) => part.trim().toLowerCase());
  return new Set(parts.map((part) => readings[field].find(([form]) => form.test(part))?.[1] ?? part));
}

/** Where the companion list's row of a method says something else than its entry: the field, and its words as written there. */
export function differencesFromList(entry: MethodEntry): readonly { readonly field: ListedField; readonly words: string }[] {
  const own: Readonly<Record<ListedField, readonly string[]>> = {
    mechanism: [entry.family],
    location: entry.location ?? [],
    operator: entry.operator ?? [],
    alignment: entry.alignment ?? [],
  };
  return fields.flatMap((field) => {
    const words = entry.classification?.listed?.[field];
    if (words === undefined) return [];
    const listed = readListed(field, words);
    const isSame = listed.size === own[field].length && own[field].every((value) => listed.has(value));
    return isSame ? [] : [{ field, words }];
  });
}
