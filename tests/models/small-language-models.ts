import { gpt2, llama } from '../../src/models/index.ts';
import type { LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { tf } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn } from './drawn-tensors.ts';

/** Small nets of every build: one head of keys or several, each with its own or in groups; smeared; both heads. */
export const smallLanguageModels: Readonly<Record<string, LanguageArchitecture>> = {
  'GPT-2': gpt2({ vocabulary: 23, contextLength: 24, width: 12, depth: 2, heads: 3, mlpWidth: 20, layerNormEps: 1e-5 }),
  'GPT-2 with its own head': gpt2({ vocabulary: 9, contextLength: 24, width: 8, depth: 3, heads: 1, mlpWidth: 12, layerNormEps: 1e-5, tiedHead: false }),
  Llama: smallLlama({}),
  'Llama with grouped queries': smallLlama({ heads: 4, keyValueHeads: 2, tiedHead: false }),
  'Llama with one head of keys': smallLlama({ heads: 4, keyValueHeads: 1 }),
  'Llama with smeared keys': smallLlama({ keySmear: true }),
  'Llama with smeared keys and grouped queries': smallLlama({ heads: 6, keyValueHeads: 2, headWidth: 6, keySmear: true }),
};

export function smallLlama(changes: Partial<Parameters<typeof llama>[0]>): LanguageArchitecture {
  return llama({
    vocabulary: 19,
    contextLength: 64,
    width: 16,
    depth: 2,
    heads: 2,
    keyValueHeads: 2,
    mlpWidth: 24,
    normEps: 1e-5,
    rotaryBase: 10000,
    tiedHead: true,
    ...changes,
  });
}

/** Weights of which none is 0 or 1, so that each of them counts. The caller owns them. */
export function drawnWeights({ shapes }: LanguageArchitecture): Params {
  return Object.fromEntries(
    shapes.map(([name, shape]) => [
      name,
      tf.tidy(() => {
        const values = drawn(name, shape, name.startsWith('embed') || shape.length === 1 ? 0.6 : 1.4 / Math.sqrt(shape[0] ?? 1));
        return name.endsWith('.gain') ? tf.add(values, 1) : values;
      }),
    ]),
  );
}

/** Token ids `[batch, length]`, the same for the same name. */
export function drawnIds(name: string, { vocabulary }: LanguageArchitecture, batch: number, length: number): Tensor {
  const generator = createGenerator(name);
  return tf.tensor2d(Int32Array.from({ length: batch * length }, () => generator.integer(vocabulary)), [batch, length], 'int32');
}

/** A mask with a row of ones and then rows with more and more padding on the left or on the right. */
export function maskOf(side: 'left' | 'right', batch: number, length: number): Tensor {
  return tf.tensor2d(
    Int32Array.from({ length: batch * length }, (_, at) => {
      const [row, place] = [Math.floor(at / length), at % length];
      const padding = Math.min(row, length - 1);
      return side === 'left' ? Number(place >= padding) : Number(place < length - padding);
    }),
    [batch, length],
    'int32',
  );
}
