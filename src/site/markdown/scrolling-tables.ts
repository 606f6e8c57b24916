import { element } from './node.ts';
import type { ElementNode } from './node.ts';

interface Tree {
  children: (ElementNode | { type: string; children?: unknown })[];
}

/** A table wider than the page scrolls in a region of its own, which the keyboard can reach. */
export function scrollingTables() {
  return (tree: Tree): void => {
    let count = 0;
    tree.children = tree.children.map((node) => {
      if (node.type !== 'element' || !('tagName' in node) || node.tagName !== 'table') return node;
      count += 1;
      return element('div', { className: ['scroll'], role: 'region', tabIndex: '0', ariaLabel: `Table ${count}` }, node);
    });
  };
}
