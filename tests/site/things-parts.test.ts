import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { chanceOf, examplesOf, formOf, lengthInWords, taskFacts } from '../../src/site/components/things/cards-of-things.ts';
import { cropPng } from '../../src/site/components/things/crop-png.ts';
import { specimens, strip } from '../../src/site/components/things/sheet-parts.ts';
import { examined } from './examined.ts';

test('a part cut out of a picture has the pixels of the picture, whatever its filters', (t) => {
  let pictures = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 1, max: 24 }),
      fc.constantFrom(0 as const, 2 as const),
      fc.constantFrom(-1, 0, 1, 2, 3, 4),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 999 }),
      (width, height, colorType, filterType, partWidth, partHeight, seed) => {
        const picture = new PNG({ width, height });
        picture.data.forEach((_, i) => (picture.data[i] = i % 4 === 3 ? 255 : ((colorType === 0 ? i >> 2 : i) * seed * 37 + (i >> 5)) % 256));
        const grey = colorType === 0;
        if (grey) for (let i = 0; i < width * height; i += 1) picture.data.fill(picture.data[i * 4] ?? 0, i * 4, i * 4 + 3);
        const file = PNG.sync.write(picture, { colorType, filterType, inputHasAlpha: true });
        const cut = PNG.sync.read(cropPng(file, { width: partWidth, height: partHeight }));
        assert.deepEqual([cut.width, cut.height], [Math.min(width, partWidth), Math.min(height, partHeight)]);
        const whole = PNG.sync.read(file);
        for (let row = 0; row < cut.height; row += 1) {
          const from = row * width * 4;
          assert.ok(cut.data.subarray(row * cut.width * 4, (row + 1) * cut.width * 4).equals(whole.data.subarray(from, from + cut.width * 4)));
        }
        pictures += 1;
      },
    ),
  );
  examined(t, pictures, 50, 'pictures');
  assert.throws(() => cropPng(Buffer.from('no picture at all, not even nearly'), { width: 1, height: 1 }), /no PNG/);
  const paletteLike = PNG.sync.write(new PNG({ width: 2, height: 2 }), { colorType: 6 });
  assert.throws(() => cropPng(paletteLike, { width: 1, height: 1 }), /grey and colour/);
});

test('a page shows whole pictures, every class among them; a list the first of the first row', () => {
  const sheet = { across: 15, shown: 45, width: 496, height: 100 };
  assert.deepEqual(specimens(sheet, 30), { across: 15, pictures: 30, width: 496, height: 67 });
  assert.deepEqual(specimens(sheet, 45), { across: 15, pictures: 45, width: 496, height: 100 });
  assert.deepEqual(strip(sheet), { across: 4, pictures: 4, width: 133, height: 34 });
  assert.deepEqual(specimens({ across: 8, shown: 40, width: 265, height: 166 }, 4), { across: 8, pictures: 32, width: 265, height: 133 });
});

test('a guess among k classes is right in one of k cases', () => {
  assert.equal(chanceOf({ classes: ['a', 'b', 'c', 'd'] }), 25);
});

test('the facts of a task say whether it holds pictures, clips, series or questions, and what one of them is made of', () => {
  const common = { classes: ['a'], counts: { train: 1, test: 1 }, digest: 'd' };
  const wave = (sampleRate: number | null, shortest: number, longest: number): unknown => ({ ...common, wave: { sampleRate, shortest, longest }, drawings: null });
  const words = (card: unknown): string[] => [examplesOf(taskFacts.parse(card)), formOf(taskFacts.parse(card))];
  assert.deepEqual(words({ ...common, shape: [28, 20, 1], samples: null }), ['pictures', '28 × 20 × 1']);
  assert.deepEqual(words(wave(null, 900, 900)), ['series', '900 values']);
  assert.deepEqual(words(wave(8000, 1148, 18262)), ['clips', '1,148 to 18,262 values at 8,000 Hz, 0.14 to 2.28 seconds']);
  const text = (classes: readonly string[]): unknown => ({ ...common, classes, texts: null });
  assert.deepEqual(words(text(['0', '1'])), ['questions', 'the name of a class']);
  assert.deepEqual(words(text([])), ['questions', 'open answers']);
  assert.equal(lengthInWords(4000, 8000), '4,000 values, 0.50 seconds');
  assert.throws(() => taskFacts.parse(common));
  const path = '"/><script>';
  assert.throws(() => taskFacts.parse({ ...common, wave: { sampleRate: null, shortest: 1, longest: 1 }, drawings: { width: 1, height: 1, credit: 'c', waves: [{ values: 1, path }] } }));
});
