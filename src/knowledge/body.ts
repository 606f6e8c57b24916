import type { EntryFile } from './entry-file.ts';
import type { Position } from './front-matter.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import type { Block } from './markdown-blocks.ts';
import { markdownSpans } from './markdown-spans.ts';
import type { Span } from './markdown-spans.ts';

/** A block with what stands in it; offsets of spans count from the block's start. */
export interface ReadBlock extends Block {
  readonly spans: readonly Span[];
}

/** The text below the front matter, taken apart. */
export interface Body {
  readonly text: string;
  readonly blocks: readonly ReadBlock[];
  /** The place in the file of an offset into the text. */
  readonly placeAt: (offset: number) => Position;
}

const none: readonly Span[] = [];

export function readBody({ front }: Pick<EntryFile, 'front'>): Body {
  const text = front.body;
  const blocks = markdownBlocks(text).map((block) => {
    const isText = block.kind !== 'code' && block.kind !== 'formula';
    return { ...block, spans: isText ? markdownSpans(block.text) : none };
  });
  return {
    text,
    blocks,
    placeAt: (offset) => {
      const before = text.slice(0, offset).split('\n');
      return { line: front.bodyLine + before.length - 1, column: (before.at(-1) ?? '').length + 1 };
    },
  };
}
