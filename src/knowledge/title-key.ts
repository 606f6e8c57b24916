/** A title without capitals, accents, signs and spaces: two titles with one key are one title. */
export function titleKey(title: string): string {
  return title.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
