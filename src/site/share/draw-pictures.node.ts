import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lightColours } from './light-colours.ts';
import type { SharePicture } from './share-picture.ts';
import { studioFiles } from './studio-files.node.ts';

/** What one worker draws. */
export interface DrawingTask {
  readonly pictures: readonly { readonly picture: SharePicture; readonly file: string }[];
  readonly colours: readonly (readonly [name: string, colour: string])[];
}

export interface DrawnPictures {
  readonly pictures: number;
  /** Those that the store didn't have. */
  readonly drawn: number;
}

const siteFolder = join(import.meta.dirname, '..');

/** What all pictures depend on besides their own words: the drawing's code, its signs, its colours, its fonts. */
function commonDigest(colours: DrawingTask['colours']): string {
  const sources = [
    ...readdirSync(import.meta.dirname).toSorted().map((file) => join(import.meta.dirname, file)),
    join(siteFolder, 'sigil', 'sigil-paths.ts'),
    ...Object.values(studioFiles).flat(),
  ];
  const digest = createHash('sha256').update(JSON.stringify(colours));
  for (const file of sources) digest.update(readFileSync(file));
  return digest.digest('hex');
}

/**
 * Draws share pictures into a site's folder. A picture is kept in `store` under the digest of everything that it depends on, and
 * only what isn't there is drawn, on as many threads as there are processors.
 */
export async function drawPictures(
  pictures: readonly SharePicture[],
  { folder, store }: { readonly folder: string; readonly store: string },
): Promise<DrawnPictures> {
  const colours = [...lightColours(readFileSync(join(siteFolder, 'styles', 'page.css'), 'utf8'))];
  const common = commonDigest(colours);
  mkdirSync(store, { recursive: true });
  const placed = pictures.map((picture) => {
    const digest = createHash('sha256').update(common).update(JSON.stringify({ ...picture, path: '' })).digest('hex');
    return { picture, file: join(store, `${digest.slice(0, 40)}.png`) };
  });
  const missing = [...new Map(placed.filter(({ file }) => !existsSync(file)).map((each) => [each.file, each])).values()];
  const count = Math.min(availableParallelism(), Math.ceil(missing.length / 12));
  await Promise.all(
    Array.from({ length: count }, (_, worker) => draw({ pictures: missing.filter((_, i) => i % count === worker), colours })),
  );
  for (const { picture, file } of placed) {
    const place = join(folder, picture.path);
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(file, place);
  }
  return { pictures: placed.length, drawn: missing.length };
}

function draw(task: DrawingTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./draw-worker.node.ts', import.meta.url), { workerData: task });
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A worker that draws share pictures ended with code ${code}.`)));
  });
}
