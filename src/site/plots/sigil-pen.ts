import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension, TaxonomyClass } from '../../taxonomy/index.ts';
import { classInWords, sigilPaths } from '../sigil/sigil-paths.ts';
import type { SigilPen } from './drawing.ts';

const frame = '<path class="fill-none" d="M1 1H23V23H1zM2.5 2.5V21.5H21.5V2.5z"/>';

function pathsOf(of: TaxonomyClass | null): string {
  if (of === null) return frame;
  return sigilPaths(of)
    .filter(({ path }) => path !== '')
    .map(({ dimension, path }) => `<path class="fill-${dimension}" d="${path}"/>`)
    .join('');
}

/** A sigil drawn where it stands. */
export const drawnSigil: SigilPen = (of, x, y) => `<g transform="translate(${x} ${y})">${pathsOf(of)}</g>`;

/** The name of a class's sigil on a sheet: `sheet-l-x-ad-sa`. */
export function sigilId(sheet: string, of: TaxonomyClass | null): string {
  if (of === null) return `${sheet}-rival`;
  const short = (Object.keys(dimensions) as Dimension[]).map((name) => {
    const values: Readonly<Record<string, { readonly short: string }>> = dimensions[name].values;
    return of[name].map((value) => values[value]?.short.toLowerCase() ?? '').join('') || '0';
  });
  return `${sheet}-${short.join('-')}`;
}

/** A sigil by reference to a sheet on the same page, so that twenty plots draw it once. */
export function referredSigil(sheet: string): SigilPen {
  return (of, x, y) => `<use href="#${sigilId(sheet, of)}"${x === 0 ? '' : ` x="${x}"`} y="${y}"/>`;
}

/** What a sigil says: the class in words. */
export function sigilWords(of: TaxonomyClass | null): string {
  return of === null ? 'a rival: no class' : classInWords(of);
}

/** A sheet of sigils, in squares of 24 × 24 that aren't shown where they stand; each class once. */
export function sigilSheet(sheet: string, classes: readonly (TaxonomyClass | null)[]): string {
  const named = new Map(classes.map((of) => [sigilId(sheet, of), of]));
  return `<defs>${[...named].map(([id, of]) => `<g id="${id}">${pathsOf(of)}</g>`).join('')}</defs>`;
}
