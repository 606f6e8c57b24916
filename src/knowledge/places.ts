import { isMap, isNode, isPair, isScalar } from 'yaml';
import type { FrontMatter, Position } from './front-matter.ts';

/** A way into the front matter: keys of maps and places of lists. */
export type Path = readonly PropertyKey[];

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function offsetOfKey(front: FrontMatter, path: Path): number | undefined {
  const parent = path.length > 1 ? front.document.getIn(path.slice(0, -1), true) : front.document.contents;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
  return offsetOf(pair?.key);
}

/** Where the value at `path` stands, or the nearest thing above it that stands anywhere. */
export function placeOfValue(front: FrontMatter, path: Path): Position {
  for (let length = path.length; length > 0; length -= 1) {
    const above = path.slice(0, length);
    const offset = offsetOf(front.document.getIn(above, true)) ?? offsetOfKey(front, above);
    if (offset !== undefined) return front.positionOf(offset);
  }
  return { line: front.closingLine, column: 1 };
}

/** Where the key at the end of `path` stands, or its value where the key can't be found. */
export function placeOfKey(front: FrontMatter, path: Path): Position {
  const offset = offsetOfKey(front, path);
  return offset === undefined ? placeOfValue(front, path) : front.positionOf(offset);
}

/** Where a missing field belongs: at the closing line, or at the key of the map that lacks it. */
export function placeOfMissing(front: FrontMatter, path: Path): Position {
  return path.length <= 1 ? { line: front.closingLine, column: 1 } : placeOfKey(front, path.slice(0, -1));
}
