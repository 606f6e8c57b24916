import { unified } from '@astrojs/markdown-remark';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import type { Work } from '../../knowledge/index.ts';
import { allowedHtml } from './allowed-html.ts';
import { citations } from './citations.ts';
import { maths } from './maths.ts';
import { measured } from './measured.ts';
import type { CellOf } from './measured.ts';
import { safeText } from './safe-text.ts';
import { scrollingTables } from './scrolling-tables.ts';

export type { CellOf, QuotedCell } from './measured.ts';

/**
 * The Markdown of the entries: CommonMark and tables, formulas as MathML, citations; no raw HTML. `base` is the path under which
 * the site stands, with slashes at both ends; `cellOf` gives the numbers that texts quote, whose words stay where it is left out.
 */
export function entryMarkdown(works: ReadonlyMap<string, Work>, base = '/', cellOf?: CellOf) {
  return unified({
    remarkPlugins: [[safeText, { base }], remarkMath, remarkDirective, [measured, { cellOf, base }], [citations, { works }], maths],
    rehypePlugins: [scrollingTables, allowedHtml],
    gfm: true,
    smartypants: false,
  });
}
