import { unified } from '@astrojs/markdown-remark';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import type { Work } from '../../knowledge/index.ts';
import { citations } from './citations.ts';
import { maths } from './maths.ts';
import { safeText } from './safe-text.ts';
import { scrollingTables } from './scrolling-tables.ts';

/** The Markdown of the entries: CommonMark and tables, formulas as MathML, citations; no raw HTML. */
export function entryMarkdown(works: ReadonlyMap<string, Work>) {
  return unified({
    remarkPlugins: [safeText, remarkMath, remarkDirective, [citations, { works }], maths],
    rehypePlugins: [scrollingTables],
    gfm: true,
    smartypants: false,
  });
}
