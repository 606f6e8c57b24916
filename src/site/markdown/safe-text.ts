import { replaceNodes, textOf } from './node.ts';
import type { MarkdownNode } from './node.ts';

const allowedAddress = /^(https:\/\/|\.{0,2}\/|#)/;

/** Entries are text from anyone: tags are dropped, and links lead to https:// or into the site. */
export function safeText() {
  return (tree: MarkdownNode): void => {
    replaceNodes(tree, (node) => {
      if (node.type === 'html') return [];
      if (['link', 'image', 'definition'].includes(node.type) && !allowedAddress.test(node.url ?? '')) {
        return node.type === 'definition' ? [] : [{ type: 'text', value: textOf(node) }];
      }
      return undefined;
    });
  };
}
