import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import type { TaxonomyClass } from '../../src/taxonomy/index.ts';
import { drawDotPlot } from '../../src/site/plots/dot-plot.ts';
import type { DotRow } from '../../src/site/plots/dot-plot.ts';
import { drawParetoPlot } from '../../src/site/plots/pareto-plot.ts';
import type { PricedRow } from '../../src/site/plots/pareto-plot.ts';
import { placeLabels } from '../../src/site/plots/place-labels.ts';
import { countScale, roundScale } from '../../src/site/plots/scale.ts';
import { drawnSigil, referredSigil, sigilId, sigilSheet } from '../../src/site/plots/sigil-pen.ts';
import { standaloneSvg } from '../../src/site/plots/standalone-svg.ts';

const number = fc.double({ min: 0, max: 100, noNaN: true });

test('a scale keeps the order of values, holds all of them between its ends, and its ticks are round', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (values) => {
      const scale = roundScale(values, 50, 350);
      for (const value of values) assert.ok(scale(value) >= 50 && scale(value) <= 350, `${value}`);
      const sorted = values.toSorted((a, b) => a - b);
      sorted.slice(1).forEach((value, i) => assert.ok(scale(value) >= scale(sorted[i] ?? 0)));
      assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 8, scale.ticks.join(' '));
    }),
  );
  assert.throws(() => roundScale([], 0, 1), RangeError);
});

test('counts stand by their logarithm, and 0 before a break', () => {
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000_000 }));
  fc.assert(
    fc.property(fc.array(count, { minLength: 1, maxLength: 20 }), (counts) => {
      const scale = countScale(counts, 50, 350);
      for (const each of counts) assert.ok(scale(each) >= 50 && scale(each) <= 350, `${each}`);
      const positive = counts.filter((each) => each > 0);
      assert.equal(scale.breakAt !== null, counts.includes(0) && positive.length > 0);
      if (scale.breakAt !== null) for (const each of positive) assert.ok(scale(each) > scale.breakAt && scale.breakAt > scale(0));
      for (const tick of scale.ticks) assert.ok(tick === 0 || Number.isInteger(Math.log10(tick)), `${tick}`);
    }),
  );
  const decades = countScale([10, 1000], 0, 100);
  assert.equal(decades(100), 50);
  assert.throws(() => countScale([], 0, 1), RangeError);
  assert.throws(() => countScale([1.5], 0, 1), RangeError);
});

const of: TaxonomyClass = { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['linear'] };

const dotRow = (label: string, mean: number, more: Partial<DotRow> = {}): DotRow => ({
  label,
  of,
  isControl: false,
  mean,
  interval: [mean - 2, mean + 2],
  runs: [mean - 1, mean + 1],
  text: `${mean.toFixed(1)} ± 2.0`,
  mayBeFirst: false,
  ...more,
});

test('a dot plot has a mean and an interval for each row, a dot for each run, and says in words what it shows', () => {
  const rows = [dotRow('A & <b>', 80, { mayBeFirst: true }), dotRow('B', 60), dotRow('C', 20, { isControl: true, of: null })];
  const drawing = drawDotPlot(rows, 'Accuracy on MNIST', drawnSigil);
  assert.ok(drawing);
  const svg = parse(`<svg>${drawing.body}</svg>`);
  const strokes = (selector: string): number => svg.querySelectorAll(selector).reduce((sum, each) => sum + (each.getAttribute('d') ?? '').split('M').length - 1, 0);
  assert.equal(strokes('.means') + svg.querySelectorAll('.open circle').length, 3);
  assert.equal(strokes('.interval'), 3);
  assert.equal(strokes('.runs'), 6);
  assert.equal(strokes('.band'), 1);
  assert.ok(drawing.body.includes('A &amp; &lt;b&gt;') && !drawing.body.includes('<b>'));
  assert.equal(drawing.says, 'Accuracy on MNIST: mean and interval of 3 rows; highest mean A & <b>, 80.0 ± 2.0; lowest C, 20.0 ± 2.0');
  assert.equal(drawDotPlot([], 'nothing', drawnSigil), null);
});

const priced = (key: string, trainable: number, mean: number, isControl = false): PricedRow => ({ key, label: key, of, isControl, trainable, mean, interval: [mean - 1, mean + 1], text: `${mean}.0 ± 1.0` });
const subject = { subject: 'Accuracy', unit: '%', higherIsBetter: true, areApart: (a: string, b: string) => ![a, b].includes('near') };

test('a plot against trained numbers names the front from the cheapest, marks steps that are none, and leaves controls off it', () => {
  const rows = [priced('free', 0, 40), priced('cheap', 300, 60), priced('near', 400, 61), priced('dear', 9000, 50), priced('control', 1, 99, true)];
  const drawing = drawParetoPlot(rows, subject, drawnSigil);
  assert.ok(drawing);
  const svg = parse(`<svg>${drawing.body}</svg>`);
  const texts = svg.querySelectorAll('text').map(({ text }) => text);
  for (const expected of ['free', 'cheap', 'near', '≈ 61.0 ± 1.0', '60.0 ± 1.0', '0', '300', '400']) assert.ok(texts.includes(expected), expected);
  for (const absent of ['dear', 'control', '≈ 60.0 ± 1.0']) assert.ok(!texts.includes(absent), absent);
  assert.ok(svg.querySelector('.break'), 'the axis is broken before the first power of ten');
  assert.match(drawing.says, /5 rows; on the front, from the cheapest: free, .* with 0; cheap, .* with 300; near/);
  assert.equal(drawParetoPlot([priced('a', 5, 1), priced('b', 5, 2)], subject, drawnSigil), null, 'one count is no plot');
});

test('labels stay in their frame and off each other where there is room', () => {
  const frame = { x: 0, y: 0, width: 200, height: 200 };
  const anchors = [40, 90, 140].map((place) => ({ x: place, y: place, width: 12, height: 11 }));
  const boxes = placeLabels(anchors, anchors.map(({ x, y }) => ({ x: x - 4, y: y - 4, width: 8, height: 8 })), frame);
  assert.equal(boxes.length, 3);
  for (const [i, box] of boxes.entries()) {
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 200 && box.y + box.height <= 200);
    for (const other of boxes.slice(i + 1)) {
      assert.ok(box.x + box.width <= other.x || other.x + other.width <= box.x || box.y + box.height <= other.y || other.y + other.height <= box.y);
    }
  }
});

test('every sigil that a plot refers to stands on its sheet, once', () => {
  const classes = [of, null, { ...of, location: [], operator: [], configuration: [] }, of];
  const sheet = parse(sigilSheet('t', classes));
  const ids = sheet.querySelectorAll('g[id]').map(({ id }) => id);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 3);
  for (const each of classes) {
    assert.ok(ids.includes(sigilId('t', each)));
    assert.ok(referredSigil('t')(each, 0, 4).includes(`href="#${sigilId('t', each)}"`));
  }
});

test('a plot that stands alone has title, words, a style for both schemes, and nothing from elsewhere', () => {
  const drawing = drawDotPlot([dotRow('A', 80)], 'Accuracy', drawnSigil);
  assert.ok(drawing);
  const text = standaloneSvg(drawing, 'A & B');
  assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
  assert.ok(text.includes('<title>A &amp; B</title>') && text.includes('prefers-color-scheme:dark') && text.includes(`<desc>${drawing.says}</desc>`));
  assert.doesNotMatch(text.replace('http://www.w3.org/2000/svg', ''), /https?:|url\(|<use|<script/);
});
