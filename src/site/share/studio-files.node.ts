import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

const faces = (weight: 400 | 600): readonly string[] =>
  ['latin', 'latin-ext', 'greek'].map((part) => resolve(`@fontsource/source-sans-3/files/source-sans-3-${part}-${weight}-normal.woff`));

/** The files that pictures are drawn with: fonts by weight, in the order in which they are asked for a character, and what rasterises. */
export const studioFiles = { regular: faces(400), strong: faces(600), rasteriser: resolve('@resvg/resvg-wasm/index_bg.wasm') } as const;
