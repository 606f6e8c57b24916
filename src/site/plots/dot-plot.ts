import type { TaxonomyClass } from '../../taxonomy/index.ts';
import type { Drawing, SigilPen } from './drawing.ts';
import { escapeText } from './escape-text.ts';
import { roundScale } from './scale.ts';

/** One line of a dot plot; numbers in the unit shown. */
export interface DotRow {
  readonly label: string;
  readonly of: TaxonomyClass | null;
  readonly isControl: boolean;
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  /** Single runs. */
  readonly runs: readonly number[];
  /** As the table shows it. */
  readonly text: string;
  /** No row of the column is separably better. */
  readonly mayBeFirst: boolean;
  /** Drawn stronger than the others. */
  readonly isOwn?: boolean;
}

const width = 380;
const lineHeight = 18;
/** Of a sigil's 24. */
const sigilScale = 0.6;
const labelsFrom = 20;
const longest = 33;

/**
 * A dot for each mean, a line for its interval, a faint dot for each run; controls are open and dashed. A band lies
 * behind rows that may be first. Null without rows.
 */
export function drawDotPlot(rows: readonly DotRow[], subject: string, sigil: SigilPen): Drawing | null {
  if (rows.length === 0) return null;
  const labels = rows.map(({ label }) => (label.length > longest ? `${label.slice(0, longest - 1)}…` : label));
  const left = Math.round(Math.min(212, labelsFrom + 16 + 5.75 * Math.max(...labels.map(({ length }) => length))));
  const right = width - 10;
  const top = 4;
  const bottom = top + rows.length * lineHeight;
  const x = roundScale(rows.flatMap(({ mean, interval, runs }) => [mean, ...(interval ?? []), ...runs]), left, right);
  const y = (i: number): number => top + (i + 0.5) * lineHeight;
  const lines = rows.map((row, i) => ({ ...row, at: y(i), label: labels[i] ?? '' }));
  const band = lines.filter(({ mayBeFirst }) => mayBeFirst).map(({ at }) => `M0 ${at - lineHeight / 2}h${width}v${lineHeight}h-${width}z`);
  const grid = x.ticks.map((tick) => `M${x(tick)} ${top}V${bottom}`);
  const axis = x.ticks.map((tick) => `<text x="${x(tick)}" y="${bottom + 15}">${tick}</text>`);
  const runs = lines.flatMap(({ at, runs: each }) => each.map((run) => `M${x(run)} ${at}h0`));
  const intervals = (isControl: boolean): string =>
    lines
      .flatMap((line) => (line.interval && line.isControl === isControl ? [`M${x(line.interval[0])} ${line.at}H${x(line.interval[1])}`] : []))
      .join('');
  const means = lines.filter(({ isControl }) => !isControl).map(({ mean, at }) => `M${x(mean)} ${at}h0`);
  const open = lines.filter(({ isControl }) => isControl).map(({ mean, at }) => `<circle cx="${x(mean)}" cy="${at}" r="3.4"/>`);
  const body = [
    band.length === 0 ? '' : `<path class="band" d="${band.join('')}"/>`,
    `<path class="grid" d="${grid.join('')}"/>`,
    `<g class="axis">${axis.join('')}</g>`,
    `<g transform="translate(${labelsFrom} 4)">${lines.map(({ at, label, isControl, isOwn }) => `<text y="${at}"${isControl ? ' class="soft"' : isOwn ? ' class="own"' : ''}>${escapeText(label)}</text>`).join('')}</g>`,
    `<g transform="scale(${sigilScale})">${lines.map(({ at, of }) => sigil(of, 0, Math.round(at / sigilScale) - 12)).join('')}</g>`,
    `<path class="runs" d="${runs.join('')}"/>`,
    `<path class="interval" d="${intervals(false)}"/>`,
    `<path class="means" d="${means.join('')}"/>`,
    open.length === 0 ? '' : `<path class="interval soft" d="${intervals(true)}"/><g class="open">${open.join('')}</g>`,
  ];
  return { width, height: bottom + 20, body: body.join(''), says: inWords(rows, subject) };
}

function inWords(rows: readonly DotRow[], subject: string): string {
  const ordered = rows.toSorted((a, b) => b.mean - a.mean);
  const [first, last] = [ordered[0], ordered.at(-1)];
  const shared = rows.filter(({ mayBeFirst }) => mayBeFirst).length;
  return [
    `${subject}: mean and interval of ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
    `highest mean ${first?.label ?? ''}, ${first?.text ?? ''}${shared > 1 ? `, not separable from ${shared - 1} more` : ''}`,
    `lowest ${last?.label ?? ''}, ${last?.text ?? ''}`,
  ].join('; ');
}
