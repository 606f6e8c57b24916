import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension } from '../../taxonomy/index.ts';
import { sigilPaths } from '../sigil/sigil-paths.ts';
import { pictureSize } from './share-picture.ts';
import type { SharePicture } from './share-picture.ts';
import type { Typeface } from './typeface.ts';
import { wrapped } from './wrapped.ts';

/** What a picture is drawn with. */
export interface Studio {
  readonly regular: Typeface;
  readonly strong: Typeface;
  /** By the names of the style sheet: `paper`, `ink`, `configuration`, … */
  readonly colours: ReadonlyMap<string, string>;
}

const names = Object.keys(dimensions) as readonly Dimension[];
const { width, height } = pictureSize;
const margin = 72;
/** Largest first: the first size at which the title needs at most three lines is taken. */
const titleSizes = [88, 80, 72, 66, 60, 54, 48];
const leadOf = (size: number): number => Math.round(size * 1.1);
/** Lines below the title. */
const [lineSize, lineStep] = [28, 40];

/** A share picture as SVG without a single font: kind, title, lines, the sigil large, the class in words. */
export function composePicture({ eyebrow, title, lines, of, dimension }: SharePicture, { regular, strong, colours }: Studio): string {
  const colour = (name: string): string => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`The style sheet has no colour --${name}: light-dark(#rrggbb, …).`);
    return found;
  };
  const path = (fill: string, d: string): string => (d === '' ? '' : `<path fill="${fill}" d="${d}"/>`);
  const box = (fill: string, x: number, y: number, w: number, h: number): string => path(fill, `M${x} ${y}h${w}v${h}h${-w}z`);
  const parts = [box(colour('paper'), 0, 0, width, height)];

  // The graticule of a map, then its frame in the colours of the four dimensions.
  const rule = colour('sunken');
  for (let x = margin; x < width; x += 132) parts.push(box(rule, x, 0, 2, height));
  for (let y = 69; y < height; y += 132) parts.push(box(rule, 0, y, width, 2));
  for (const [i, name] of names.entries()) parts.push(box(colour(name), (i * width) / 4, 0, width / 4, 10));

  parts.push(...mark(margin, 58, 44).map(({ name, d }) => path(colour(name), d)));
  parts.push(path(colour('ink'), strong.outline('Reprogrammability Atlas', margin + 60, 90, 32)));

  const room = width - margin - (of === null && dimension === null ? margin : 410);
  const linesOf = (each: number, most: number): readonly string[] => wrapped(title, (line) => strong.widthOf(line, each) <= room, most);
  const small = lines.slice(0, 2).flatMap((line) => wrapped(line, (each) => regular.widthOf(each, lineSize) <= room, 1));
  const below = small.length * lineStep;
  const heightOf = (each: number): number => linesOf(each, 9).length * leadOf(each) + below;
  const size = titleSizes.find((each) => linesOf(each, 9).length <= 3 && heightOf(each) <= 320) ?? 48;
  const heading = linesOf(size, 3);
  const lead = leadOf(size);
  const top = Math.round(160 + Math.max(0, (330 - heading.length * lead - below) / 2));
  parts.push(path(colour('ink-soft'), strong.outline(eyebrow, margin, top, 28)));
  for (const [i, line] of heading.entries()) parts.push(path(colour('ink'), strong.outline(line, margin - 3, top + 16 + (i + 0.8) * lead, size)));
  for (const [i, line] of small.entries()) {
    parts.push(path(colour('ink-soft'), regular.outline(line, margin, top + 16 + heading.length * lead + (i + 0.9) * lineStep, lineSize)));
  }

  if (of !== null) {
    const shapes = sigilPaths(of).map((cell) => path(colour(cell.dimension), cell.path));
    parts.push(`<g transform="translate(${width - margin - 288} 150) scale(12)">${shapes.join('')}</g>`);
    const words = names.map((name) => ({ name, symbol: dimensions[name].symbol, value: of[name].join(', ') || 'none' }));
    const lengths = (each: number): number[] => words.map(({ symbol, value }) => strong.widthOf(symbol, each) + regular.widthOf(value, each) + 12);
    const total = (each: number): number => lengths(each).reduce((sum, length) => sum + length, each * 1.15 * 3);
    const wordSize = [34, 30, 26, 24, 22, 20, 18].find((each) => total(each) <= width - 2 * margin) ?? 16;
    let x = margin;
    for (const [i, { name, symbol, value }] of words.entries()) {
      parts.push(path(colour(name), strong.outline(symbol, x, 566, wordSize)));
      parts.push(path(colour('ink'), regular.outline(value, x + strong.widthOf(symbol, wordSize) + 12, 566, wordSize)));
      x += (lengths(wordSize)[i] ?? 0) + wordSize * 1.15;
    }
  } else if (dimension !== null) {
    const symbol = dimensions[dimension].symbol;
    const large = 300;
    parts.push(path(colour(dimension), strong.outline(symbol, width - margin - 150 - strong.widthOf(symbol, large) / 2, 400, large)));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}

/** The mark of the atlas in a square of `side`: four shapes for the four dimensions. */
function mark(x: number, y: number, side: number): readonly { readonly name: Dimension; readonly d: string }[] {
  const u = side / 16;
  const at = (dx: number, dy: number): string => `${x + dx * u} ${y + dy * u}`;
  return [
    { name: 'configuration', d: `M${at(1, 1)}h${6 * u}v${6 * u}h${-6 * u}z` },
    { name: 'location', d: `M${at(9, 4)}a${3 * u} ${3 * u} 0 1 0 ${6 * u} 0a${3 * u} ${3 * u} 0 1 0 ${-6 * u} 0z` },
    { name: 'operator', d: `M${at(4, 9)}L${at(7, 15)}L${at(1, 15)}z` },
    { name: 'alignment', d: `M${at(12, 9)}L${at(15, 12)}L${at(12, 15)}L${at(9, 12)}z` },
  ];
}
