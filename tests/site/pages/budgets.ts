import { scaleFor } from '../../../scripts/bench-site/page-weight.ts';
import { fileOf } from '../built-site.ts';
import type { MakeCheck } from './page-check.ts';

const kilobyte = 1024;

/** Bytes with gzip that a page may weigh, by template: all of it, its HTML, its scripts before a reader does anything. */
const budgets: Readonly<Record<string, { readonly total: number; readonly html: number; readonly scripts: number }>> = {
  'methods/[id]': { total: 50 * kilobyte, html: 15 * kilobyte, scripts: 8 * kilobyte },
  'methods/index': { total: 100 * kilobyte, html: 80 * kilobyte, scripts: 8 * kilobyte },
};
const elsewhere = { total: 120 * kilobyte, html: 100 * kilobyte, scripts: 8 * kilobyte } as const;

const shown = (bytes: number): string => `${(bytes / kilobyte).toFixed(1)} KB`;

/** Pages stay within what a reader's connection should have to carry. */
export const budgetsKept: MakeCheck = ({ folder, base }) => {
  const weigh = scaleFor(folder, base);
  let count = 0;
  return {
    promise: 'every page keeps its budget of bytes: HTML, scripts before interaction, and all of it',
    what: 'pages weighed',
    floor: (pages) => pages,
    *see({ address, template }) {
      count += 1;
      const weight = weigh(fileOf(address));
      const budget = budgets[template] ?? elsewhere;
      for (const part of ['html', 'scripts', 'total'] as const) {
        if (weight[part] > budget[part]) yield `${part}: ${shown(weight[part])} with gzip, at most ${shown(budget[part])}`;
      }
      if (weight.styles === 0) yield 'it has no style sheet, or one that is not there';
    },
    examined: () => count,
  };
};
