import { median } from './median.ts';

export type Unit = 's' | 'ms' | 'KB' | 'MB' | 'GB' | 'of 1';

/** A figure that the site is held to. */
export interface Goal {
  /** Under which name it is measured. */
  readonly id: string;
  readonly goal: number;
  readonly what: string;
  readonly limit: number;
  readonly unit: Unit;
  /** True where more is better. */
  readonly isFloor?: boolean;
  /** Why it isn't reached, for as long as it isn't. */
  readonly whyNot?: string;
}

const sizes = [1000, 10000] as const;
const each = <T>(make: (size: 1000 | 10000) => readonly T[]): readonly T[] => sizes.flatMap(make);
const shown = (size: number): string => size.toLocaleString('en');

/** Every goal that is a number of its own; those that are a check that holds or doesn't are in `checked-goals.ts`. */
export const goals: readonly Goal[] = [
  { id: 'entry-html', goal: 1, what: 'The heaviest entry page, HTML with gzip', limit: 15, unit: 'KB' },
  { id: 'entry-total', goal: 1, what: 'The heaviest entry page, everything that it loads, with gzip', limit: 50, unit: 'KB' },
  { id: 'catalogue-scripts', goal: 2, what: 'Scripts on the catalogue before anything is done, with gzip', limit: 8, unit: 'KB' },
  { id: 'lighthouse-performance', goal: 3, what: 'Lighthouse, mobile, the lowest performance of all templates (median of 3)', limit: 0.99, unit: 'of 1', isFloor: true },
  { id: 'lighthouse-accessibility', goal: 3, what: 'Lighthouse, mobile, the lowest accessibility of all templates', limit: 1, unit: 'of 1', isFloor: true },
  { id: 'lighthouse-best-practices', goal: 3, what: 'Lighthouse, mobile, the lowest best practices of all templates', limit: 1, unit: 'of 1', isFloor: true },
  { id: 'lighthouse-seo', goal: 3, what: 'Lighthouse, mobile, the lowest search-engine score of all templates', limit: 1, unit: 'of 1', isFloor: true },
  ...each((size) => [
    { id: `facet-${size}`, goal: 5, what: `A first facet chosen, until its rows are in the page, slow 4G, ${shown(size)} entries`, limit: size === 1000 ? 300 : 900, unit: 'ms' as const },
  ]),
  { id: 'search-full-1000', goal: 6, what: 'First full-text result, nothing loaded before, full speed, 1,000 entries', limit: 300, unit: 'ms' },
  ...each((size) => [
    { id: `search-slow-${size}`, goal: 6, what: `First full-text result, nothing loaded before, slow 4G, ${shown(size)} entries`, limit: size === 1000 ? 2000 : 3500, unit: 'ms' as const },
  ]),
  { id: 'search-bytes-1000', goal: 6, what: 'Two searches with their results on show, 1,000 entries', limit: 220, unit: 'KB' },
  ...each((size) => [
    { id: `build-cold-${size}`, goal: 8, what: `Build and index, nothing kept from before, ${shown(size)} entries`, limit: size === 1000 ? 20 : 150, unit: 's' as const },
    { id: `build-warm-${size}`, goal: 8, what: `Build and index again, nothing changed, ${shown(size)} entries`, limit: size === 1000 ? 10 : 75, unit: 's' as const },
    { id: `build-memory-${size}`, goal: 8, what: `Peak memory of the build, ${shown(size)} entries`, limit: 4, unit: 'GB' as const, ...(size === 10000 ? { whyNot: 'two threads hold the parsed catalogue at once in a build from nothing, one that bundles pages and one that renders texts ahead' } : {}) },
  ]),
  { id: 'archive-1000', goal: 19, what: 'The offline archive, 1,000 entries', limit: 10, unit: 'MB' },
];

/** What is measured beside the goals. */
export const asides: readonly { readonly id: string; readonly what: string; readonly unit: Unit }[] = each((size) => [
  { id: `facet-painted-${size}`, what: `A first facet chosen, until its rows are painted, slow 4G, ${shown(size)} entries`, unit: 'ms' as const },
  { id: `pictures-cold-${size}`, what: `Share pictures, all of them drawn, ${shown(size)} entries`, unit: 's' as const },
  { id: `pictures-warm-${size}`, what: `Share pictures, none of them changed, ${shown(size)} entries`, unit: 's' as const },
]);

/** Measured values by the name of what was measured, in the unit of its goal. */
export type Measured = ReadonlyMap<string, readonly number[]>;

export interface Row {
  readonly id: string;
  readonly goal: number | null;
  readonly what: string;
  readonly threshold: string;
  readonly figure: string;
  /** Undefined for what no goal asks for. */
  readonly isReached: boolean | undefined;
  readonly whyNot: string;
}

/** A number with the digits that its size and unit call for. */
export function inUnit(value: number, unit: Unit): string {
  if (unit === 'of 1') return value.toFixed(2);
  const digits = unit === 'ms' ? 0 : value < 10 ? 2 : 1;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`;
}

const spreadOf = (values: readonly number[], unit: Unit): string =>
  values.length > 1 ? ` (${values.length} runs, ${inUnit(Math.min(...values), unit)} to ${inUnit(Math.max(...values), unit)})` : '';

/** A row for each goal that was measured, the median of its values against its threshold, and for what is measured beside them. */
export function rowsOf(measured: Measured): readonly Row[] {
  const beside = asides.flatMap(({ id, what, unit }): readonly Row[] => {
    const values = measured.get(id) ?? [];
    return values.length === 0 ? [] : [{ id, goal: null, what, threshold: '', figure: inUnit(median(values), unit) + spreadOf(values, unit), isReached: undefined, whyNot: '' }];
  });
  const held = goals.flatMap(({ id, goal, what, limit, unit, isFloor = false, whyNot }) => {
    const values = measured.get(id);
    if (values === undefined || values.length === 0) return [];
    const middle = median(values);
    const isReached = isFloor ? middle >= limit : middle <= limit;
    return [{ id, goal, what, threshold: `${isFloor ? '≥' : '≤'} ${inUnit(limit, unit)}`, figure: inUnit(middle, unit) + spreadOf(values, unit), isReached, whyNot: isReached ? '' : (whyNot ?? 'not looked into yet') }];
  });
  return [...held, ...beside];
}
