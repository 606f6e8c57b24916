import type { ElementNode } from './node.ts';

/** Elements that an entry's text may become, MathML aside, which `mathmlTree` has checked. */
const elements: ReadonlySet<string> = new Set([
  'a', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'input', 'li', 'ol', 'p', 'pre',
  'section', 'span', 'strong', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
]);
const properties: ReadonlySet<string> = new Set([
  'align', 'alt', 'ariaDescribedBy', 'ariaLabel', 'checked', 'className', 'dataFootnoteBackref', 'dataFootnoteRef', 'dataFootnotes',
  'disabled', 'href', 'id', 'rel', 'role', 'src', 'start', 'tabIndex', 'title', 'type',
]);
const safeAddresses = /^(?:https:\/\/|#|\.{1,2}\/|\/(?!\/))[^\s\\]*$/;

type Node = ElementNode | { type: string; children?: unknown };

interface Tree {
  children: Node[];
}

function checked(node: Node): readonly ElementNode[] {
  if ('value' in node && node.type === 'text') return [node];
  if (!('tagName' in node)) return [];
  if (node.tagName === 'math') return [node];
  if (!elements.has(node.tagName)) return node.children.flatMap(checked);
  const kept = Object.entries(node.properties).filter(
    ([name, value]) => properties.has(name) && (!['href', 'src'].includes(name) || safeAddresses.test(String(value))),
  );
  return [{ ...node, properties: Object.fromEntries(kept.map(aligned)), children: node.children.flatMap(checked) }];
}

/** The attribute `align` is obsolete; a class says the same. */
const aligned = ([name, value]: [string, string | string[]]): [string, string | string[]] =>
  name === 'align' ? ['className', [`text-${String(value)}`]] : [name, value];

/** The last look at an entry's text: of what isn't on the lists, elements leave their words and attributes go. */
export function allowedHtml() {
  return (tree: Tree): void => {
    tree.children = tree.children.flatMap(checked);
  };
}
