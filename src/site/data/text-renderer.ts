import { join } from 'node:path';
import type { Work } from '../../knowledge/index.ts';
import { entryMarkdown } from '../markdown/index.ts';
import { folders } from './project.ts';
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

/** Renders texts that cite these works. */
export async function textRenderer(works: ReadonlyMap<string, Work>): Promise<TextRenderer> {
  const store = renderedStore(renderedFolder, `${rendererDigest()} ${siteConfig.base}`);
  const markdown = await entryMarkdown(works, siteConfig.base).createRenderer({ syntaxHighlight: false });
  return {
    render(text) {
      const cited = [...text.matchAll(/:cite\[([^\]]*)\]/g)].flatMap(([, keys = '']) => keys.split(',').map((key) => works.get(key.trim()) ?? null));
      return store.of([text, cited], async () => {
        const { code, metadata } = await markdown.render(text);
        return { html: code, headings: metadata.headings };
      });
    },
    tidy: () => store.tidy(),
  };
}
