import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { alignments, configurations, dimensions, locations, operators } from '../../src/taxonomy/index.ts';
import { drawPictures } from '../../src/site/index.node.ts';
import type { SharePicture } from '../../src/site/index.node.ts';
import { composePicture } from '../../src/site/share/compose-picture.ts';
import { indexedPng } from '../../src/site/share/indexed-png.ts';
import { lightColours } from '../../src/site/share/light-colours.ts';
import { studioFiles } from '../../src/site/share/studio-files.node.ts';
import { typeface } from '../../src/site/share/typeface.ts';
import { wrapped } from '../../src/site/share/wrapped.ts';

const css = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'site', 'styles', 'page.css'), 'utf8');
const open = (files: readonly string[]): ReturnType<typeof typeface> => typeface(files.map((file) => readFileSync(file)));
const studio = { regular: open(studioFiles.regular), strong: open(studioFiles.strong), colours: lightColours(css) };

const method: SharePicture = {
  path: 'share/methods/x.png',
  eyebrow: 'Model reprogramming',
  title: 'Łódź–β prompts, adversarially reprogrammed',
  lines: ['A title that is far too long to stand on one line of a picture of twelve hundred pixels, whatever is done', 'Żółć et al., ICML 2024'],
  of: { configuration: ['learnable', 'fixed'], location: ['input'], operator: ['additive', 'parametric'], alignment: ['statistical'] },
  dimension: null,
};
const concept: SharePicture = { ...method, path: 'share/concepts/x.png', of: null, dimension: 'location', lines: [] };

test('a picture is outlines alone: no font, no style, nothing from elsewhere', () => {
  for (const picture of [method, concept]) {
    const svg = composePicture(picture, studio);
    assert.match(svg, /^<svg [^>]*width="1200" height="630"/);
    assert.doesNotMatch(svg, /<text|font|style=|href|NaN|undefined|\de-\d/);
    assert.equal(composePicture(picture, studio), svg);
  }
});

test('a method’s picture has the colours of its dimensions; every value of every dimension fits in', () => {
  const all = { ...method, of: { configuration: configurations, location: locations, operator: operators, alignment: alignments } };
  const svg = composePicture(all, studio);
  for (const name of Object.keys(dimensions)) assert.ok(svg.includes(studio.colours.get(name) ?? 'no colour'), name);
  const xs = [...svg.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
  assert.ok(xs.length > 1000);
  assert.ok(Math.max(...xs) <= 1200 && Math.min(...xs) >= 0, `${Math.min(...xs)} to ${Math.max(...xs)}`);
});

test('lines are broken so that each fits, no word is lost before the last line, and a cut says so', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 }), fc.integer({ min: 6, max: 30 }), fc.integer({ min: 1, max: 5 }), (words, room, most) => {
      const lines = wrapped(words.join(' '), (line) => line.length <= room, most);
      assert.ok(lines.length <= most);
      for (const line of lines) assert.ok(line.length <= room, line);
      const whole = lines.join(' ');
      if (!whole.includes('…')) assert.equal(whole, words.join(' '));
    }),
  );
});

test('a PNG of few colours reads back to the same pixels', () => {
  const colours = [0xfbfaf6, 0x005d99, 0xa1400a, 0x1b232d];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (width, height, places) => {
      const pixels = Uint8Array.from({ length: width * height }, () => places.next().value ?? 0).reduce<number[]>((bytes, place) => {
        const colour = colours[place] ?? 0;
        return [...bytes, colour >> 16, (colour >> 8) & 0xff, colour & 0xff, 255];
      }, []);
      const png = PNG.sync.read(Buffer.from(indexedPng(Uint8Array.from(pixels), width, height)));
      assert.deepEqual([png.width, png.height, [...png.data]], [width, height, pixels]);
    }),
    { numRuns: 30 },
  );
  assert.throws(() => indexedPng(new Uint8Array(12), 2, 2), /no picture of 2 × 2/);
});

test('a picture is drawn once, kept by what it shows, and has the same bytes again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-share-'));
  try {
    const [first, again, anew] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'c')];
    const store = join(folder, 'store');
    assert.deepEqual(await drawPictures([method, concept], { folder: first, store }), { pictures: 2, drawn: 2 });
    const moved = { ...method, path: 'share/methods/moved.png' };
    assert.deepEqual(await drawPictures([moved, concept], { folder: again, store }), { pictures: 2, drawn: 0 });
    assert.deepEqual(await drawPictures([method], { folder: anew, store: join(folder, 'other') }), { pictures: 1, drawn: 1 });
    const bytes = readFileSync(join(first, method.path));
    assert.ok(bytes.equals(readFileSync(join(again, moved.path))));
    assert.ok(bytes.equals(readFileSync(join(anew, method.path))));
    assert.ok(!bytes.equals(readFileSync(join(first, concept.path))));
    const { data, width, height } = PNG.sync.read(bytes);
    const paper = [...data.subarray(0, 4)];
    assert.deepEqual([width, height], [1200, 630]);
    const ink = Array.from({ length: width * height }, (_, i) => i).filter((i) => (data[4 * i] ?? 0) + (data[4 * i + 1] ?? 0) + (data[4 * i + 2] ?? 0) < 200).length;
    assert.ok(ink > 5000, `${ink} dark pixels; the corner is ${paper.join()}`);
    assert.equal(readdirSync(store).length, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
