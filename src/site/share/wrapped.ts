/**
 * A text in lines that `fits` accepts, broken between words or after a hyphen, `most` of them; what is over ends the last line with
 * an ellipsis. A single word that doesn't fit is cut.
 */
export function wrapped(text: string, fits: (line: string) => boolean, most: number): readonly string[] {
  const parts = text.trim().split(/\s+/).flatMap((word) => word.split(/(?<=\p{L}{3}-)(?=\p{L}{3})/u).map((part, i) => ({ part, glued: i > 0 })));
  const lines: string[] = [];
  for (const { part, glued } of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? part : `${last}${glued ? '' : ' '}${part}`;
    if (last !== undefined && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  const kept = lines.slice(0, most).map((line) => cut(line, fits, ''));
  const last = kept.at(-1);
  if (lines.length > most && last !== undefined) kept[kept.length - 1] = cut(last.replace(/[\s.,;:–-]+$/, ''), fits, '…');
  return kept;
}

function cut(line: string, fits: (line: string) => boolean, ending: string): string {
  if (fits(line + ending)) return line + ending;
  const characters = [...line];
  while (characters.length > 1 && !fits(`${characters.join('')}…`)) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
