import temml from 'temml';
import { replaceNodes } from './node.ts';
import type { MarkdownNode } from './node.ts';

/** A TeX formula as MathML. Throws, with the formula in its message, where TeX is wrong. */
export function mathml(tex: string, displayMode = false): string {
  try {
    return temml.renderToString(tex, { displayMode, throwOnError: true, strict: false });
  } catch (error) {
    throw new Error(`This formula can't be read: ${tex} (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The formula of a paragraph that holds nothing else. */
function formulaAlone({ type, children }: MarkdownNode): MarkdownNode | undefined {
  const [only, ...more] = type === 'paragraph' ? (children ?? []) : [];
  return only?.type === 'inlineMath' && more.length === 0 ? only : undefined;
}

function displayed(tex: string): MarkdownNode {
  return { type: 'html', value: `<div class="formula">${mathml(tex, true)}</div>` };
}

/** Formulas between dollar signs become MathML: no script, no style sheet, no font. One that stands alone is displayed. */
export function maths() {
  return (tree: MarkdownNode): void => {
    replaceNodes(tree, (node) => {
      const alone = formulaAlone(node);
      if (alone) return [displayed(alone.value ?? '')];
      if (node.type === 'inlineMath') return [{ type: 'html', value: mathml(node.value ?? '') }];
      if (node.type === 'math') return [displayed(node.value ?? '')];
      return undefined;
    });
  };
}
