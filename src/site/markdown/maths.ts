import temml from 'temml';
import { mathmlTree } from './mathml-tree.ts';
import { element, replaceNodes } from './node.ts';
import type { ElementNode, MarkdownNode } from './node.ts';

/** A TeX formula as a tree of MathML. Throws, with the formula in its message, where TeX is wrong. */
export function mathml(tex: string, displayMode = false): readonly ElementNode[] {
  try {
    return mathmlTree(temml.renderToString(tex, { displayMode, throwOnError: true, strict: false, trust: false }));
  } catch (error) {
    throw new Error(`This formula can't be read: ${tex} (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The formula of a paragraph that holds nothing else. */
function formulaAlone({ type, children }: MarkdownNode): MarkdownNode | undefined {
  const [only, ...more] = type === 'paragraph' ? (children ?? []) : [];
  return only?.type === 'inlineMath' && more.length === 0 ? only : undefined;
}

function inline(tex: string): readonly MarkdownNode[] {
  return mathml(tex).flatMap((node) => ('tagName' in node ? [asElement(node)] : []));
}

/** A formula wider than the page scrolls in a frame of its own, which the keyboard can reach. */
function displayed(tex: string): MarkdownNode {
  return asElement(element('div', { className: ['formula'], role: 'group', tabIndex: '0', ariaLabel: 'Formula' }, ...mathml(tex, true)));
}

const asElement = (node: Extract<ElementNode, { type: 'element' }>): MarkdownNode => ({
  type: 'formula',
  data: { hName: node.tagName, hProperties: node.properties, hChildren: node.children },
});

/** Formulas between dollar signs become MathML: no script, no style sheet, no font. One that stands alone is displayed. */
export function maths() {
  return (tree: MarkdownNode): void => {
    replaceNodes(tree, (node) => {
      const alone = formulaAlone(node);
      if (alone) return [displayed(alone.value ?? '')];
      if (node.type === 'inlineMath') return inline(node.value ?? '');
      if (node.type === 'math') return [displayed(node.value ?? '')];
      return undefined;
    });
  };
}
