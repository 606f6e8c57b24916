import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import type { Gpt2Options } from './gpt2.ts';
import { weightsFrom, withoutTiedHead } from './weight-origins.ts';
import type { WeightOrigin } from './weight-origins.ts';

/** Their matrices are `[in, out]`, as ours are. */
const asItIs = (ours: string, name: string, shape: readonly number[]): WeightOrigin => ({
  ours,
  theirs: [{ name, shape }],
  transposed: false,
});
const norm = (ours: string, name: string, width: number): WeightOrigin[] => [
  asItIs(`${ours}.gain`, `${name}.weight`, [width]),
  asItIs(`${ours}.shift`, `${name}.bias`, [width]),
];
const dense = (ours: string, name: string, from: number, to: number): WeightOrigin[] => [
  asItIs(`${ours}.weight`, `${name}.weight`, [from, to]),
  asItIs(`${ours}.bias`, `${name}.bias`, [to]),
];

function originsOf(options: Gpt2Options, prefix: string): WeightOrigin[] {
  const { vocabulary, contextLength, width, depth, mlpWidth, tiedHead = true } = options;
  const head = { ours: 'head.weight', theirs: [{ name: 'lm_head.weight', shape: [vocabulary, width] }], transposed: true };
  return [
    asItIs('embed.token', `${prefix}wte.weight`, [vocabulary, width]),
    asItIs('embed.position', `${prefix}wpe.weight`, [contextLength, width]),
    ...Array.from({ length: depth }, (_, index): WeightOrigin[] => {
      const [ours, theirs] = [`blocks.${index}`, `${prefix}h.${index}`];
      return [
        ...norm(`${ours}.norm1`, `${theirs}.ln_1`, width),
        ...dense(`${ours}.attention.qkv`, `${theirs}.attn.c_attn`, width, 3 * width),
        ...dense(`${ours}.attention.output`, `${theirs}.attn.c_proj`, width, width),
        ...norm(`${ours}.norm2`, `${theirs}.ln_2`, width),
        ...dense(`${ours}.mlp.in`, `${theirs}.mlp.c_fc`, width, mlpWidth),
        ...dense(`${ours}.mlp.out`, `${theirs}.mlp.c_proj`, mlpWidth, width),
      ];
    }).flat(),
    ...norm('norm', `${prefix}ln_f`, width),
    ...(tiedHead ? [] : [head]),
  ];
}

/** Causal masks that old checkpoints keep beside the weights. */
const isMask = (name: string): boolean => /(^|\.)h\.\d+\.attn\.(bias|masked_bias)$/.test(name);

/**
 * Weights of GPT-2 from the tensors of Hugging Face's `GPT2LMHeadModel`, or of the bare `GPT2Model`, whose names lack
 * `transformer.`. The caller owns them.
 * @throws Error with all tensors that are missing, of another shape or not known
 */
export function readGpt2(tensors: ReadonlyMap<string, TensorData>, options: Gpt2Options): Params {
  const prefix = tensors.has('wte.weight') || tensors.has('h.0.ln_1.weight') ? '' : 'transformer.';
  const weights = new Map([...tensors].filter(([name]) => !isMask(name)));
  const single = options.tiedHead === false ? weights : withoutTiedHead(weights, 'lm_head.weight', `${prefix}wte.weight`);
  return weightsFrom('this GPT-2', single, originsOf(options, prefix));
}
