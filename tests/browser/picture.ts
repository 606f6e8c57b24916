import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { indexedPng } from '../../src/site/share/indexed-png.ts';

/** A share of differing pixels below which a line of text can't have been drawn. */
const leastInk = 0.01;

/** Pixels that a colour of a page covers at least, where it is more than the edge of a letter. */
const flat = 60;

interface Box {
  readonly what: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The share of pixels in a box that differ clearly from its most frequent colour. */
export function inkIn({ data, width, height }: PNG, box: Box): number {
  const counts = new Map<number, number>();
  const pixels: [number, number, number][] = [];
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, box.y + box.height); y += 1) {
    for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(width, box.x + box.width); x += 1) {
      const at = (y * width + x) * 4;
      const pixel: [number, number, number] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const key = (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
      counts.set(key, (counts.get(key) ?? 0) + 1);
      pixels.push(pixel);
    }
  }
  const [ground = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const [r, g, b] = [ground >> 16, (ground >> 8) & 255, ground & 255];
  const inked = pixels.filter((pixel) => Math.abs(pixel[0] - r) + Math.abs(pixel[1] - g) + Math.abs(pixel[2] - b) > 120);
  return pixels.length === 0 ? 0 : inked.length / pixels.length;
}

/**
 * A picture of the page as it stands, in which words and formulas were really drawn: a browser without a font for them
 * leaves their places blank.
 * @throws {Error} naming the element without ink.
 */
export async function takePicture(page: Page): Promise<PNG> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const boxes: readonly Box[] = await page.evaluate(() => {
    const view = { width: innerWidth, height: innerHeight };
    return ['h1', 'main p', 'main math'].flatMap((what) => {
      const visible = [...document.querySelectorAll(what)].map((element) => ({ what, rect: element.getBoundingClientRect() }))
        .filter(({ rect }) => rect.width > 8 && rect.height > 8 && rect.top >= 0 && rect.left >= 0 && rect.bottom <= view.height && rect.right <= view.width);
      return visible.slice(0, 2).map(({ rect }) => ({ what, x: rect.x, y: rect.y, width: rect.width, height: rect.height }));
    });
  });
  const shoot = (): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });
  // A busy machine now and then gives a browser no frame to take.
  const picture = PNG.sync.read(await shoot().catch(shoot));
  if (boxes.length === 0) throw new Error(`${page.url()}: no heading and no paragraph is in view, so nothing shows that text is drawn.`);
  for (const box of boxes) {
    const ink = inkIn(picture, box);
    if (ink < leastInk) throw new Error(`${page.url()}: a ${box.what} was drawn without ink (${(100 * ink).toFixed(2)} % of its pixels): the browser has no font for it.`);
  }
  return picture;
}

/** A picture as a file of at most 256 colours, those of its flat places kept exactly: a third of the bytes. */
export function packPicture({ data, width, height }: PNG): Buffer {
  return Buffer.from(indexedPng(data, width, height, flat));
}
