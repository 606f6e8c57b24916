import type { Path } from '../places.ts';

type Visit = (value: unknown, path: Path) => void;

function walk(value: unknown, path: PropertyKey[], visit: Visit): void {
  visit(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    path.push(Array.isArray(value) ? Number(key) : key);
    walk(Reflect.get(value, key), path, visit);
    path.pop();
  }
}

/** Calls `visit` for every value of the front matter. The path is one list that changes on the way: copy what is kept. */
export function walkFields(data: Readonly<Record<string, unknown>>, visit: Visit): void {
  walk(data, [], visit);
}
