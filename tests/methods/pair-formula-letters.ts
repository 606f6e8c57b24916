import type { FrozenImageTextModel, FrozenModel } from '../../src/models/index.ts';
import type { Adapted, Method, Options } from '../../src/reprogramming/index.ts';
import { formulaLetters } from './formula-letters.ts';

/** Whether a method takes no network, because it compares pictures with texts. */
export function isForPairsAlone({ adapt, options }: Method, network: FrozenModel): boolean {
  try {
    adapt({ model: network, targets: network.classes.length, options, verbalizer: null });
    return false;
  } catch (error) {
    return error instanceof RangeError && /compares pictures with texts/.test(error.message);
  }
}

/** A method applied to a pair. */
export interface OnPair {
  readonly method: Method;
  readonly options: Options;
  readonly adapted: Adapted;
  /** The image tower with the target classes. */
  readonly network: FrozenModel;
}

/**
 * The values of the letters in the entries' formulas, from the pair and the setting alone. What learns among the tokens of
 * texts counts in the text tower's width; anything else is counted as in a network, without the head that texts replace.
 */
export function pairFormulaLetters({ architecture: { image, text } }: FrozenImageTextModel, { method, options, adapted, network }: OnPair): Record<string, number> {
  const classes = adapted.targets;
  const hasHead = adapted.alignment.kind === 'linear';
  const ofNetwork = formulaLetters(network, adapted, options, { targets: hasHead ? classes : 0 });
  if (isForPairsAlone(method, network) && adapted.taxonomy?.location.includes('embedding')) {
    return {
      p: Number(options['vectors']) * (options['context'] === 'class-specific' ? classes : 1),
      d: text.language.width,
      w: image.width ?? 0,
      v: text.embeddingWidth,
      h: Math.max(4, Math.floor(text.embeddingWidth / 16)),
      J: Number(options['depth'] ?? 0),
    };
  }
  // without a head d is a token's width; with one it is a feature's
  return hasHead ? ofNetwork : { ...ofNetwork, d: image.width ?? 0, v: image.width ?? 0 };
}
