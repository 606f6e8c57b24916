import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { composePicture } from './compose-picture.ts';
import type { DrawingTask } from './draw-pictures.node.ts';
import { indexedPng } from './indexed-png.ts';
import { studioFiles } from './studio-files.node.ts';
import { typeface } from './typeface.ts';
import type { Typeface } from './typeface.ts';

const { pictures, colours }: DrawingTask = workerData;
const open = (files: readonly string[]): Typeface => typeface(files.map((file) => readFileSync(file)));

await initWasm(readFileSync(studioFiles.rasteriser));
const studio = { regular: open(studioFiles.regular), strong: open(studioFiles.strong), colours: new Map(colours) };

for (const { picture, file } of pictures) {
  const drawing = new Resvg(composePicture(picture, studio), { font: { loadSystemFonts: false } });
  const rendered = drawing.render();
  const png = indexedPng(rendered.pixels, rendered.width, rendered.height);
  rendered.free();
  drawing.free();
  // Written beside its place and renamed, so that nobody ever sees half a picture.
  const workshop = `${file}.${randomUUID()}`;
  writeFileSync(workshop, png);
  renameSync(workshop, file);
}
parentPort?.postMessage(pictures.length);
