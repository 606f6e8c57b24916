/** A text of at most `most` characters: whole where it fits, else cut after a word, with an ellipsis. */
export function shortened(text: string, most = 160): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most);
  const words = cut.slice(0, Math.max(cut.lastIndexOf(' '), 1));
  return `${words.replace(/[\s.,;:–(-]+$/, '')}…`;
}
