import { unified } from '@astrojs/markdown-remark';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import type { Work } from '../../knowledge/index.ts';
import { allowedHtml } from './allowed-html.ts';
import { citations } from './citations.ts';
import { maths } from './maths.ts';
import { safeText } from './safe-text.ts';
import { scrollingTables } from './scrolling-tables.ts';

/**
 * The Markdown of the entries: CommonMark and tables, formulas as MathML, citations; no raw HTML. `base` is the path under which
 * the site stands, with slashes at both ends.
 */
export function entryMarkdown(works: ReadonlyMap<string, Work>, base = '/') {
  return unified({
    remarkPlugins: [[safeText, { base }], remarkMath, remarkDirective, [citations, { works }], maths],
    rehypePlugins: [scrollingTables, allowedHtml],
    gfm: true,
    smartypants: false,
  });
}
