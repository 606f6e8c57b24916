import type { FrozenLanguageModel } from '../../src/models/index.ts';
import type { AdaptedLanguage, Options } from '../../src/reprogramming/index.ts';
import { countNumbers } from '../../src/tensor/index.ts';

/** The values of the letters in the entries' formulas, from the model and the setting alone. */
export function languageFormulaLetters(model: Pick<FrozenLanguageModel, 'architecture' | 'weights'>, adapted: Pick<AdaptedLanguage, 'reading'>, options: Options, classes: number): Record<string, number> {
  const { width, depth, vocabulary, keyWidth } = model.architecture;
  const sizes = (pattern: RegExp): number =>
    Object.entries(model.weights).reduce((sum, [name, { size }]) => sum + (pattern.test(name) ? size : 0), 0);
  const dense = Object.entries(model.weights).filter(([name]) => /^blocks\..*\.weight$/.test(name));
  const hasHead = adapted.reading.as === 'head';
  return {
    p: Number(options['tokens'] ?? 0),
    z: Number(options['dimension'] ?? 0),
    r: Number(options['rank'] ?? 0),
    d: width,
    v: keyWidth,
    h: width / 2,
    L: depth,
    f: model.weights['blocks.0.mlp.out.weight']?.shape[0] ?? 0,
    k: hasHead ? classes || vocabulary : 0,
    g: sizes(/(^|\.)norm\d*\.(gain|shift)$/),
    n: dense.reduce((sum, [, { shape }]) => sum + (shape[1] ?? 0), 0),
    b: countNumbers(model.weights),
  };
}
