import { replaceNodes, textOf } from './node.ts';
import type { MarkdownNode } from './node.ts';
import { safeAddress } from './safe-address.ts';

const isPicture = ({ type }: MarkdownNode): boolean => type === 'image' || type === 'imageReference';

/**
 * Entries are text from anyone: tags are dropped, links lead to `https://` or into the site, and pictures come from the site's
 * own root; of what doesn't, the words remain.
 */
export function safeText({ base }: { readonly base: string }) {
  return (tree: MarkdownNode): void => {
    replaceNodes(tree, (node) => {
      if (node.type === 'html') return [];
      if (node.type === 'imageReference') return [{ type: 'text', value: node.alt ?? '' }];
      if (!['link', 'image', 'definition'].includes(node.type)) return undefined;
      const address = safeAddress(node.url ?? '', base);
      const isAllowed = address !== undefined && (!isPicture(node) || address.startsWith(base));
      if (isAllowed) node.url = address;
      else if (node.type === 'definition') return [];
      else return [{ type: 'text', value: isPicture(node) ? (node.alt ?? '') : textOf(node) }];
      return undefined;
    });
  };
}
