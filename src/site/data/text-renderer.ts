import { join } from 'node:path';
import { measuredPlaces } from '../../knowledge/index.ts';
import type { MeasuredPlace, Work } from '../../knowledge/index.ts';
import type { Table } from '../../results/index.ts';
import { entryMarkdown } from '../markdown/index.ts';
import type { QuotedCell } from '../markdown/index.ts';
import { folders } from './project.ts';
import { quotedCell } from './quoted-cell.ts';
import { renderedStore } from './rendered-store.ts';
import type { RenderedText } from './rendered-store.ts';
import { rendererDigest } from './renderer-digest.ts';
import { siteConfig } from './site-config.ts';

/** Where texts are kept as HTML from one build to the next. */
export const renderedFolder = join(folders.state, 'rendered');

export interface TextRenderer {
  /** An entry's Markdown as HTML: kept from before, or made now. */
  render(text: string): Promise<RenderedText>;
  /** Takes away what no text of this build needed. */
  tidy(): void;
}

/** Renders texts that cite these works and quote numbers of these tables, which are asked for where a text quotes one. */
export async function textRenderer(works: ReadonlyMap<string, Work>, tablesOf: () => Promise<readonly Table[]>): Promise<TextRenderer> {
  const store = renderedStore(renderedFolder, `${rendererDigest()} ${siteConfig.base}`);
  const quoted = new Map<string, QuotedCell>();
  const cellOf = (place: MeasuredPlace): QuotedCell => {
    const cell = quoted.get(nameOf(place));
    if (!cell) throw new Error(`${nameOf(place)} was not looked up before its text was rendered.`);
    return cell;
  };
  const lookUp = async (text: string): Promise<readonly QuotedCell[]> => {
    const places = measuredPlaces(text);
    if (places.length === 0) return [];
    const tables = await tablesOf();
    return places.map((place) => {
      const cell = quotedCell(tables, place);
      quoted.set(nameOf(place), cell);
      return cell;
    });
  };
  const markdown = await entryMarkdown(works, siteConfig.base, cellOf).createRenderer({ syntaxHighlight: false });
  return {
    async render(text) {
      const cited = [...text.matchAll(/:cite\[([^\]]*)\]/g)].flatMap(([, keys = '']) => keys.split(',').map((key) => works.get(key.trim()) ?? null));
      const cells = await lookUp(text);
      return store.of(cells.length === 0 ? [text, cited] : [text, cited, cells], async () => {
        const { code, metadata } = await markdown.render(text);
        return { html: code, headings: metadata.headings };
      });
    },
    tidy: () => store.tidy(),
  };
}

const nameOf = ({ table, row, column }: MeasuredPlace): string => JSON.stringify([table, row, column]);
