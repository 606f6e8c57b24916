import { shortCitation } from '../../knowledge/index.ts';
import type { Work } from '../../knowledge/index.ts';
import { element, replaceNodes, textOf } from './node.ts';
import type { ElementNode, MarkdownNode } from './node.ts';

/** `:cite[key]` or `:cite[key, key]` becomes links to a list of references at the end, which links back. */
export function citations({ works }: { readonly works: ReadonlyMap<string, Work> }) {
  return (tree: MarkdownNode, file: { value?: unknown }): void => {
    const source = String(file.value ?? '');
    const order: string[] = [];
    const uses = new Map<string, number>();

    const linkTo = (key: string): ElementNode => {
      const work = works.get(key);
      if (!work) throw new Error(`:cite[${key}] names no entry of references.bib.`);
      if (!order.includes(key)) order.push(key);
      const use = (uses.get(key) ?? 0) + 1;
      uses.set(key, use);
      return element('a', { href: `#ref-${key}`, id: `cite-${key}-${use}` }, shortCitation(work));
    };

    replaceNodes(tree, (node) => {
      if (node.type !== 'textDirective' && node.type !== 'leafDirective' && node.type !== 'containerDirective') return undefined;
      if (node.type === 'textDirective' && node.name === 'cite') {
        const keys = textOf(node).split(',').map((key) => key.trim());
        const links = keys.flatMap((key, i): ElementNode[] => [{ type: 'text', value: i === 0 ? '[' : '; ' }, linkTo(key)]);
        const hChildren: ElementNode[] = [...links, { type: 'text', value: ']' }];
        return [{ type: 'citation', data: { hName: 'span', hProperties: { className: ['cite'] }, hChildren } }];
      }
      if (node.type === 'textDirective' && node.name === 'recall') {
        node.data = { hName: 'span', hProperties: { className: ['recall'], title: 'rests on memory; not checked against the source' } };
        return undefined;
      }
      const { start, end } = node.position ?? {};
      return [{ type: 'text', value: source.slice(start?.offset ?? 0, end?.offset ?? 0) }];
    });

    if (order.length === 0) return;
    tree.children?.push(
      { type: 'heading', depth: 2, children: [{ type: 'text', value: 'References' }] },
      {
        type: 'references',
        data: { hName: 'ol', hProperties: { className: ['references'] }, hChildren: order.map((key) => reference(key, uses.get(key) ?? 0)) },
      },
    );

    function reference(key: string, count: number): ElementNode {
      const work = works.get(key);
      if (!work) return element('li', {});
      const backLinks = Array.from({ length: count }, (_, i) =>
        element('a', { href: `#cite-${key}-${i + 1}`, className: ['back'], ariaLabel: `back to citation ${i + 1} of ${shortCitation(work)}` }, '↩'),
      );
      const title = work.address ? element('a', { href: work.address, rel: ['external'] }, work.title) : work.title;
      return element('li', { id: `ref-${key}` }, `${work.authors.join(', ')}. `, title, `. ${[work.venue, work.year].filter(Boolean).join(', ')}. `, ...backLinks);
    }
  };
}
