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

/** Formulas between dollar signs become MathML: no script, no style sheet, no font. */
export function maths() {
  return (tree: MarkdownNode): void => {
    replaceNodes(tree, (node) => {
      if (node.type === 'inlineMath') return [{ type: 'html', value: mathml(node.value ?? '') }];
      if (node.type === 'math') return [{ type: 'html', value: `<div class="formula">${mathml(node.value ?? '', true)}</div>` }];
      return undefined;
    });
  };
}
