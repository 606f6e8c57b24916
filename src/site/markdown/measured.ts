import { measuredPlace } from '../../knowledge/index.ts';
import type { MeasuredPlace } from '../../knowledge/index.ts';
import { element, replaceNodes, textOf } from './node.ts';
import type { MarkdownNode } from './node.ts';

/** The number of a place, as a text quotes it. */
export interface QuotedCell {
  /** Mean and interval with the unit: `62.3 ± 1.2 %`. */
  readonly text: string;
  /** What it is: method, task, model and table, and what it is a mean of. */
  readonly title: string;
  /** Its page, relative to the site's root. */
  readonly path: string;
}

export type CellOf = (place: MeasuredPlace) => QuotedCell;

const attributes = /\{([^{}]*)\}$/;

/**
 * `:measured[words]{table=… row=… column=…}` becomes the number of that place with a link to its page. Where there are no
 * records to ask, as in a text outside the site, the words stay. What isn't written so is left to whoever comes next.
 */
export function measured({ cellOf, base }: { readonly cellOf: CellOf | undefined; readonly base: string }) {
  return (tree: MarkdownNode, file: { value?: unknown }): void => {
    const source = String(file.value ?? '');
    replaceNodes(tree, (node) => {
      if (node.type !== 'textDirective' || node.name !== 'measured') return undefined;
      const { start, end } = node.position ?? {};
      const written = attributes.exec(source.slice(start?.offset ?? 0, end?.offset ?? 0))?.[1];
      const place = written === undefined ? undefined : measuredPlace(written);
      if (!place) return undefined;
      if (!cellOf) return [{ type: 'text', value: textOf(node) }];
      const { text, title, path } = cellOf(place);
      const link = element('a', { href: base + path, className: ['number', 'measured'], title }, text);
      return [{ type: 'measured', data: { hName: link.tagName, hProperties: link.properties, hChildren: link.children } }];
    });
  };
}
