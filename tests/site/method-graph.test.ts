import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { drawGraph, nodeForm } from '../../src/site/plots/graph/draw-graph.ts';
import type { GraphEdge, GraphNode } from '../../src/site/plots/graph/draw-graph.ts';
import { graphMarkup } from '../../src/site/plots/graph/graph-markup.ts';
import { labelLines, widthOf } from '../../src/site/plots/graph/label-lines.ts';
import { layoutGraph } from '../../src/site/plots/graph/layout-graph.ts';
import type { GraphBox, GraphLine } from '../../src/site/plots/graph/layout-graph.ts';

const kinds = { extends: { words: 'is extended by', style: 'arrow' }, contrasts: { words: 'contrasts with', style: 'dashed' } } as const;

/** Boxes, and lines that lead from lower to higher numbers alone: a graph that can run one way. */
const graphs = fc
  .tuple(fc.array(fc.tuple(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 15, max: 60 })), { minLength: 1, maxLength: 9 }), fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 12 }))
  .map(([sizes, pairs]): { boxes: readonly GraphBox[]; lines: readonly GraphLine[] } => ({
    boxes: sizes.map(([width, height], i) => ({ id: `a "${i}" -> b`, width, height })),
    lines: pairs.map(([a, b]) => [a % sizes.length, b % sizes.length] as const).filter(([a, b]) => a < b).map(([a, b]) => ({ from: `a "${a}" -> b`, to: `a "${b}" -> b` })),
  }));

const ends = (course: string): readonly (readonly [number, number])[] => {
  const numbers = course.split(/[^-\d.]+/).filter((part) => part !== '').map(Number);
  return [[numbers[0] ?? NaN, numbers[1] ?? NaN], [numbers.at(-2) ?? NaN, numbers.at(-1) ?? NaN]];
};

test('boxes lie within the picture and apart; lines lead from the right edge of a box to the left edge of a later one', () => {
  let lines = 0;
  fc.assert(
    fc.property(graphs, (graph) => {
      const layout = layoutGraph(graph.boxes, graph.lines);
      const placed = graph.boxes.map((box) => ({ ...box, ...(layout.boxes.get(box.id) ?? { x: NaN, y: NaN }) }));
      for (const [i, box] of placed.entries()) {
        assert.ok(box.x >= -1 && box.y >= -1 && box.x + box.width <= layout.width + 1 && box.y + box.height <= layout.height + 1, box.id);
        for (const other of placed.slice(i + 1)) {
          const apart = box.x + box.width <= other.x || other.x + other.width <= box.x || box.y + box.height <= other.y || other.y + other.height <= box.y;
          assert.ok(apart, `${box.id} lies on ${other.id}`);
        }
      }
      assert.equal(layout.lines.length, graph.lines.length);
      for (const [i, { from, to }] of graph.lines.entries()) {
        const [tail, head] = [placed.find(({ id }) => id === from), placed.find(({ id }) => id === to)];
        const [start, end] = ends(layout.lines[i] ?? '');
        assert.ok(tail && head && start && end);
        assert.ok(tail.x + tail.width <= head.x, `${from} doesn't stand before ${to}`);
        assert.ok(Math.abs(start[0] - (tail.x + tail.width)) <= 1.5 && Math.abs(start[1] - (tail.y + tail.height / 2)) <= 1.5, layout.lines[i]);
        assert.ok(Math.abs(end[0] - head.x) <= 1.5 && Math.abs(end[1] - (head.y + head.height / 2)) <= 1.5, layout.lines[i]);
        lines += 1;
      }
      assert.deepEqual(layoutGraph(graph.boxes, graph.lines), layout, 'the same input has another layout');
    }),
    { numRuns: 150 },
  );
  assert.ok(lines >= 60, `${lines} lines`);
});

test('a graph may run downwards, be empty, and says what is wrong with it', () => {
  const boxes = [{ id: 'a', width: 30, height: 20 }, { id: 'b', width: 30, height: 20 }];
  const { boxes: placed } = layoutGraph(boxes, [{ from: 'a', to: 'b' }], { direction: 'down' });
  assert.ok((placed.get('a')?.y ?? 0) + 20 <= (placed.get('b')?.y ?? 0));
  assert.deepEqual(layoutGraph([], []), { width: 0, height: 0, boxes: new Map(), lines: [] });
  assert.throws(() => layoutGraph(boxes, [{ from: 'a', to: 'c' }]), /leads to "c"/);
  assert.throws(() => layoutGraph([...boxes, ...boxes], []), /the same id/);
});

test('labels are broken at spaces, keep to their width and lose nothing but what an ellipsis stands for', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 14, unit: fc.constantFrom(...'aiMWtl-(A9') }), { maxLength: 8 }), fc.integer({ min: 4, max: 14 }), (words, ems) => {
      const text = words.join(' ');
      const lines = labelLines(text, ems);
      assert.ok(lines.length <= 2);
      for (const line of lines) assert.ok(widthOf(line) <= ems || [...line].length <= 2, line);
      if (lines.some((line) => line.endsWith('…'))) assert.ok(widthOf(text) > ems);
      else assert.equal(lines.join(' '), text);
    }),
  );
});

const nodes: readonly GraphNode[] = [
  { id: 'x', label: 'A <b>bold</b> "name" & more', note: '2021', path: 'methods/x/', class: { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['linear'] } },
  { id: 'y', label: 'Y', note: '2022', path: 'methods/y/', class: null },
  { id: 'z', label: 'Z', note: '2023', isSubject: true, path: 'methods/z/', class: { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['linear'] } },
];
const edges: readonly GraphEdge[] = [{ from: 'x', to: 'z', kind: 'extends' }, { from: 'y', to: 'z', kind: 'contrasts' }];

test('the picture has every node once, links to all but its subject, each sigil once, and no markup of a label', () => {
  const drawing = drawGraph(nodes, edges, kinds);
  assert.equal(drawing.sigils.length, 2, 'equal classes share a sigil');
  assert.deepEqual(new Set(drawing.nodes.map(({ width }) => width)).size, 1);
  for (const { lines, width } of drawing.nodes) {
    for (const line of lines) assert.ok(widthOf(line) * nodeForm.size <= width);
  }
  const svg = parse(graphMarkup(drawing, { id: 'g', addressOf: (path) => `/base/${path}` }));
  assert.equal(svg.querySelectorAll('rect').length, nodes.length);
  assert.deepEqual(svg.querySelectorAll('a').map((link) => link.getAttribute('href')), ['/base/methods/x/', '/base/methods/y/']);
  assert.equal(svg.querySelectorAll('b').length, 0);
  assert.ok(svg.querySelector('a')?.text.replace(/\s+/g, ' ').includes('"name"'), svg.querySelector('a')?.text);
  assert.equal(svg.querySelectorAll('path.dashed').length, 1);
  assert.equal(svg.querySelectorAll('path.tips').length, 1);
  for (const use of svg.querySelectorAll('use')) assert.ok(svg.querySelector(use.getAttribute('href') ?? ''), use.toString());
  assert.throws(() => drawGraph(nodes, [{ from: 'x', to: 'y', kind: 'cites' }], kinds), /kind "cites"/);
});
