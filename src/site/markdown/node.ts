/** What our plugins need to know of a node in a Markdown tree (mdast with directives and maths). */
export interface MarkdownNode {
  type: string;
  value?: string | undefined;
  name?: string | null | undefined;
  url?: string | undefined;
  /** What a picture shows, in words. */
  alt?: string | null | undefined;
  depth?: number | undefined;
  children?: MarkdownNode[] | undefined;
  position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined;
  /** What a node becomes in HTML: `hName`, `hProperties`, `hChildren`. */
  data?: object | undefined;
}

/** A node of the HTML tree (hast), as far as we make them. */
export type ElementNode =
  | { type: 'text'; value: string }
  | { type: 'element'; tagName: string; properties: Properties; children: ElementNode[] };

type Properties = Record<string, string | string[]>;

/** An element of the HTML tree; texts among the children become text nodes. */
export function element(
  tagName: string,
  properties: Properties,
  ...children: readonly (ElementNode | string)[]
): Extract<ElementNode, { type: 'element' }> {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  };
}

/** Calls `visitor` for every node below `root`, parents first; what it returns replaces the node. */
export function replaceNodes(
  root: MarkdownNode,
  visitor: (node: MarkdownNode) => readonly MarkdownNode[] | undefined,
): void {
  if (!root.children) return;
  root.children = root.children.flatMap((node) => {
    const replacement = visitor(node);
    if (replacement) return [...replacement];
    replaceNodes(node, visitor);
    return [node];
  });
}

/** The plain text of a node. */
export function textOf(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}
