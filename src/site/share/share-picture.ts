import type { Dimension, TaxonomyClass } from '../../taxonomy/index.ts';

/** What a share picture says of a page; its bytes depend on this alone. */
export interface SharePicture {
  /** Where it stands in the site: `share/methods/vp.png`. */
  readonly path: string;
  /** What kind of page it is, in a few words. */
  readonly eyebrow: string;
  readonly title: string;
  /** One or two lines below the title. */
  readonly lines: readonly string[];
  /** The class drawn as a sigil and said in words; null where the page has none. */
  readonly of: TaxonomyClass | null;
  /** The dimension that the page is about, whose colour it takes. */
  readonly dimension: Dimension | null;
}

/** Width and height of every share picture, in pixels. */
export const pictureSize = { width: 1200, height: 630 } as const;
