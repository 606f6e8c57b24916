import { isMap, isNode, isPair, isScalar } from 'yaml';
import type { FrontMatter, Position } from './front-matter.ts';

/** A way into the front matter: keys of maps and places of lists. */
export type Path = readonly PropertyKey[];

/** Something that stands in the front matter. */
export interface Spot {
  readonly place: Position;
  /** As it is written, where that is in one line; else ''. */
  readonly source: string;
}

function spotOf(front: FrontMatter, node: unknown): Spot | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const source = front.yaml.slice(start, end).trimEnd();
  return { place: front.positionOf(start), source: source.includes('\n') ? '' : source };
}

/** The key at the end of `path`. */
export function spotOfKey(front: FrontMatter, path: Path): Spot | undefined {
  const parent = path.length > 1 ? front.document.getIn(path.slice(0, -1), true) : front.document.contents;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.findLast((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
  return spotOf(front, pair?.key);
}

/** The value at `path`, or the nearest thing above it that stands anywhere; `isAbove` says so. */
export function spotOfValue(front: FrontMatter, path: Path): Spot & { readonly isAbove: boolean } {
  for (let length = path.length; length > 0; length -= 1) {
    const above = path.slice(0, length);
    const node = front.document.getIn(above, true);
    const isEmpty = isScalar(node) && node.value === null && node.source !== 'null';
    const spot = (isEmpty ? undefined : spotOf(front, node)) ?? spotOfKey(front, above);
    if (spot) return { ...spot, isAbove: length < path.length || isEmpty };
  }
  return { place: { line: front.closingLine, column: 1 }, source: '', isAbove: true };
}

/** Where the value at `path` stands, or the nearest thing above it. */
export const placeOfValue = (front: FrontMatter, path: Path): Position => spotOfValue(front, path).place;

/** Where a field that is missing belongs, and how far it is indented. */
export interface Gap {
  readonly place: Position;
  readonly indent: number;
  /** The map in braces that lacks it, where it is written in one line; else ''. */
  readonly flow: string;
}

/** Where a missing field belongs: at the closing line, or at the key or the list's item of the map that lacks it. */
export function gapAt(front: FrontMatter, path: Path): Gap {
  const outer = path.slice(0, -1);
  if (outer.length === 0) return { place: { line: front.closingLine, column: 1 }, indent: 0, flow: '' };
  const map = front.document.getIn(outer, true);
  const value = spotOf(front, map);
  if (isMap(map) && map.flow && value?.source) return { place: value.place, indent: 0, flow: value.source };
  const [first] = isMap(map) ? map.items : [];
  const child = spotOf(front, first?.key);
  const key = spotOfKey(front, outer) ?? value;
  const place = key?.place ?? { line: front.closingLine, column: 1 };
  return { place, indent: (child?.place.column ?? place.column + 2) - 1, flow: '' };
}
