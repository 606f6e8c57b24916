import { shortCitation } from '../../knowledge/index.ts';
import type { Work } from '../../knowledge/index.ts';
import { element, replaceNodes, textOf } from './node.ts';
import type { ElementNode, MarkdownNode } from './node.ts';

const directives: readonly string[] = ['textDirective', 'leafDirective', 'containerDirective'];
const unchecked = 'rests on memory; not checked against the source';

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
      if (!directives.includes(node.type)) return undefined;
      if (node.type === 'textDirective' && node.name === 'cite') {
        const keys = textOf(node).split(',').map((key) => key.trim());
        const links = keys.flatMap((key, i): ElementNode[] => [{ type: 'text', value: i === 0 ? '[' : '; ' }, linkTo(key)]);
        const hChildren: ElementNode[] = [...links, { type: 'text', value: ']' }];
        return [{ type: 'citation', data: { hName: 'span', hProperties: { className: ['cite'] }, hChildren } }];
      }
      if (node.type === 'textDirective' && node.name === 'recall') {
        node.data = { hName: 'span', hProperties: { className: ['recall'], title: unchecked } };
        return undefined;
      }
      const { start, end } = node.position ?? {};
      return [{ type: 'text', value: source.slice(start?.offset ?? 0, end?.offset ?? 0) }];
    });

    if (order.length === 0) return;
    const list = order.flatMap((key) => {
      const work = works.get(key);
      return work ? [reference(work, uses.get(key) ?? 0)] : [];
    });
    tree.children?.push(
      { type: 'heading', depth: 2, children: [{ type: 'text', value: 'References' }] },
      { type: 'references', data: { hName: 'ol', hProperties: { className: ['references'] }, hChildren: list } },
    );
  };
}

/** A line of the list of references, with a way back to each of the `count` places that cite it. */
function reference(work: Work, count: number): ElementNode {
  const backLinks = Array.from({ length: count }, (_, i) => {
    const ariaLabel = `back to citation ${i + 1} of ${shortCitation(work)}`;
    return element('a', { href: `#cite-${work.key}-${i + 1}`, className: ['back'], ariaLabel }, '↩');
  });
  const title = work.address ? element('a', { href: work.address, rel: ['external'] }, work.title) : work.title;
  const where = [work.venue, work.year].filter(Boolean).join(', ');
  return element('li', { id: `ref-${work.key}` }, `${work.authors.join(', ')}. `, title, `. ${where}. `, ...backLinks);
}
