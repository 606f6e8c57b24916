const lines = (text: string, before: number, order: readonly number[], end: string): string => {
  const all = text.split(end);
  const body = order.map((_, i) => all[before + i] ?? '');
  return [...all.slice(0, before), ...order.map((i) => body[i] ?? ''), ...all.slice(before + order.length)].join(end);
};

const permuted = (value: unknown, order: readonly number[]): unknown =>
  Array.isArray(value) ? order.map((i): unknown => value[i]) : value;

/** How the rows of each format are put into another order. */
const formats: Readonly<Record<string, (text: string, order: readonly number[]) => string>> = {
  csv: (text, order) => lines(text, 1, order, '\r\n'),
  md: (text, order) => lines(text, text.split('\n').findIndex((line) => line.startsWith('| ')) + 2, order, '\n'),
  tex: (text, order) => lines(text, text.split('\n').indexOf('\\midrule') + 1, order, '\n'),
  json: (text, order) => {
    const table: unknown = JSON.parse(text);
    if (typeof table !== 'object' || table === null) return text;
    const changed = Object.entries(table).map(([name, value]) => [name, name === 'rows' || name === 'cells' ? permuted(value, order) : value]);
    return `${JSON.stringify(Object.fromEntries(changed), null, 2)}\n`;
  },
};

/**
 * A file of a table with its rows in another order: `order[i]` is the old place of the new row i. The text is what the
 * exporter would have written for the table so arranged. Files of another kind stay as they are.
 */
export function rearrange(text: string, ending: string, order: readonly number[]): string {
  return formats[ending]?.(text, order) ?? text;
}
