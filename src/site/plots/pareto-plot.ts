import type { TaxonomyClass } from '../../taxonomy/index.ts';
import { paretoFront } from '../../results/index.ts';
import type { Drawing, SigilPen } from './drawing.ts';
import { escapeText } from './escape-text.ts';
import { placeLabels } from './place-labels.ts';
import { countScale, roundScale } from './scale.ts';

/** A row with what it trained and what it got; numbers in the unit shown. */
export interface PricedRow {
  readonly key: string;
  readonly label: string;
  readonly of: TaxonomyClass | null;
  readonly isControl: boolean;
  readonly trainable: number;
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  readonly text: string;
}

/** What a plot against trained numbers is about. */
export interface ParetoSubject {
  /** `Accuracy on MNIST, DoodleNet` */
  readonly subject: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  /** Whether the tests tell two rows apart, by their keys. */
  readonly areApart: (first: string, second: string) => boolean;
}

const width = 380;
const [left, right, top, bottom] = [44, 356, 20, 190];
const keyFrom = 240;
const keyHeight = 18;
const sigilScale = 0.6;
const longest = 33;

/** The rows that no cheaper row reaches, controls left out, from the cheapest on. */
export function frontOf(rows: readonly PricedRow[], higherIsBetter: boolean): readonly PricedRow[] {
  const sign = higherIsBetter ? 1 : -1;
  const priced = rows.filter(({ isControl }) => !isControl).map((of) => ({ of, cost: of.trainable, value: sign * of.mean }));
  return paretoFront(priced).map(({ of }) => of);
}

/**
 * Accuracy against trained numbers: a dot with its interval for each row, a line through the Pareto front with its rows
 * numbered and named below, controls open. A row of the front that the tests can't tell from the one before it has the
 * sign ≈. Null where all rows trained equally many numbers.
 */
export function drawParetoPlot(rows: readonly PricedRow[], { subject, unit, higherIsBetter, areApart }: ParetoSubject, sigil: SigilPen): Drawing | null {
  if (new Set(rows.filter(({ isControl }) => !isControl).map(({ trainable }) => trainable)).size < 2) return null;
  const x = countScale(rows.map(({ trainable }) => trainable), left + 14, right);
  const y = roundScale(rows.flatMap(({ mean, interval }) => [mean, ...(interval ?? [])]), bottom, top, 5);
  const front = frontOf(rows, higherIsBetter);
  const line = front.map(({ trainable, mean }, i) => (i === 0 ? `M${x(trainable)} ${y(mean)}` : `H${x(trainable)}V${y(mean)}`)).join('');
  const breakMark = x.breakAt === null ? '' : `<path class="break" d="M${x.breakAt - 5} ${bottom + 5}l4 -10M${x.breakAt + 1} ${bottom + 5}l4 -10"/>`;
  const baseline = x.breakAt === null ? `M${left} ${bottom}H${right}` : `M${left} ${bottom}H${x.breakAt - 3}M${x.breakAt + 3} ${bottom}H${right}`;
  const own = rows.filter(({ isControl }) => !isControl);
  const controls = rows.filter(({ isControl }) => isControl);
  const intervals = (of: readonly PricedRow[]): string =>
    of.flatMap(({ trainable, interval }) => (interval ? [`M${x(trainable)} ${y(interval[0])}V${y(interval[1])}`] : [])).join('');
  const dots = (of: readonly PricedRow[]): string => of.map(({ trainable, mean }) => `M${x(trainable)} ${y(mean)}h0`).join('');
  const isOnFront = new Set(front);
  const body = [
    `<path class="grid" d="${y.ticks.map((tick) => `M${left} ${y(tick)}H${right}`).join('')}"/>`,
    `<path class="base" d="${baseline}${x.ticks.map((tick) => `M${x(tick)} ${bottom}v4`).join('')}"/>${breakMark}`,
    `<g class="axis">${x.ticks.map((tick) => `<text x="${x(tick)}" y="${bottom + 17}">${tick.toLocaleString('en-US')}</text>`).join('')}`,
    `<text x="${(left + right) / 2}" y="${bottom + 34}">trained numbers</text></g>`,
    `<g class="axis upright">${y.ticks.map((tick) => `<text x="${left - 6}" y="${y(tick) + 4}">${tick}</text>`).join('')}`,
    `<text x="${left - 6}" y="${top - 10}">${escapeText(unit)}</text></g>`,
    `<path class="interval soft" d="${intervals(controls)}"/><g class="open">${controls.map(({ trainable, mean }) => `<circle cx="${x(trainable)}" cy="${y(mean)}" r="3"/>`).join('')}</g>`,
    `<path class="interval off" d="${intervals(own.filter((row) => !isOnFront.has(row)))}"/><path class="means off" d="${dots(own.filter((row) => !isOnFront.has(row)))}"/>`,
    `<path class="front" d="${line}H${right}"/><path class="interval" d="${intervals(front)}"/><path class="means" d="${dots(front)}"/>`,
    numbersOf(front, rows, x, y),
    keyOf(front, areApart, sigil),
  ];
  const said = front.map(({ label, text, trainable }) => `${label}, ${text} with ${trainable.toLocaleString('en-US')}`);
  return { width, height: keyFrom + front.length * keyHeight, body: body.join(''), says: `${subject} against trained numbers, ${rows.length} rows; on the front, from the cheapest: ${said.join('; ')}` };
}

/** A number beside each row of the front. */
function numbersOf(front: readonly PricedRow[], rows: readonly PricedRow[], x: (value: number) => number, y: (value: number) => number): string {
  const boxes = placeLabels(
    front.map(({ trainable, mean }, i) => ({ x: x(trainable), y: y(mean), width: 7 * String(i + 1).length, height: 11 })),
    rows.map(({ trainable, mean }) => ({ x: x(trainable) - 4, y: y(mean) - 4, width: 8, height: 8 })),
    { x: left + 2, y: 0, width: width - left - 2, height: bottom - 3 },
  );
  return boxes.map((box, i) => `<text class="own" x="${Math.round(box.x)}" y="${Math.round(box.y) + 10}">${i + 1}</text>`).join('');
}

/** The rows of the front below the plot: number, sigil, name, what they trained and what they got. */
function keyOf(front: readonly PricedRow[], areApart: ParetoSubject['areApart'], sigil: SigilPen): string {
  const at = (i: number): number => keyFrom + i * keyHeight;
  const sign = ({ key }: PricedRow, i: number): string => {
    const before = front[i - 1];
    return before === undefined || areApart(before.key, key) ? '' : '≈ ';
  };
  const words = front.map(({ label }) => (label.length > longest ? `${label.slice(0, longest - 1)}…` : label));
  return [
    `<g transform="translate(0 12)">${front.map((_, i) => `<text class="own" x="4" y="${at(i)}">${i + 1}</text>`).join('')}</g>`,
    `<g transform="scale(${sigilScale})">${front.map(({ of }, i) => sigil(of, 30, Math.round(at(i) / sigilScale))).join('')}</g>`,
    `<g transform="translate(38 12)">${words.map((label, i) => `<text y="${at(i)}">${escapeText(label)}</text>`).join('')}</g>`,
    `<g class="upright" transform="translate(0 12)">${front.map((row, i) => `<text x="276" y="${at(i)}">${row.trainable.toLocaleString('en-US')}</text><text x="${width - 10}" y="${at(i)}">${sign(row, i)}${escapeText(row.text)}</text>`).join('')}</g>`,
  ].join('');
}
