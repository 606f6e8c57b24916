import { element } from './node.ts';
import type { ElementNode } from './node.ts';

interface Tree {
  children: (ElementNode | { type: string; children?: unknown })[];
}

/** A table wider than the page scrolls in a region of its own, which the keyboard can reach. */
export function scrollingTables() {
  return (tree: Tree): void => {
    tree.children = tree.children.map((node) =>
      node.type === 'element' && 'tagName' in node && node.tagName === 'table'
        ? element('div', { className: ['scroll'], role: 'region', tabIndex: '0', ariaLabel: 'Table' }, node)
        : node,
    );
  };
}
