/** Spellings that differ between countries, as one. Both sides of every comparison go through here, so it may be rough. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/is(e|ed|er|es|ing|ation|ations)\b/g, 'iz$1'],
  [/colour/g, 'color'],
  [/\bour\b/g, 'or'],
  [/behaviour/g, 'behavior'],
  [/labell/g, 'label'],
  [/modell/g, 'model'],
  [/defence/g, 'defense'],
];

/** Letters that don't come apart into a plain letter and a mark. */
const letters: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

/** Text in plain small letters: no marks over letters, no raised digits. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđßæœı]/g, (letter) => letters[letter] ?? letter);
}

/** The words of a text in plain letters, `+` kept, one spelling, without the plural's s. */
export function nameWords(text: string): readonly string[] {
  const plain = spellings.reduce((word, [from, to]) => word.replace(from, to), plainLetters(text).replaceAll('&', ' and '));
  return plain
    .replace(/['’`^]/g, '')
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word));
}

/**
 * What two spellings of one name have in common: “P-tuning v2”, “P-Tuning V2” and “p tuning v2” give `ptuningv2`, “(IA)³” and “IA3”
 * give `ia3`, “soft prompts” gives `softprompt`. `+` counts: BLM and BLM+ are two methods.
 */
export const nameKey = (text: string): string => nameWords(text).join('');
