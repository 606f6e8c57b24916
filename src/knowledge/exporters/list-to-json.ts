import type { MethodList } from './method-list.ts';

/** The list as one JSON document, with its terms. */
export function listToJson({ methods, from, licence, credit }: MethodList): string {
  return `${JSON.stringify({ schema: 'atlas-method-list/1', from, licence, credit, methods }, null, 2)}\n`;
}
