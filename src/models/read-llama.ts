import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import type { LlamaOptions } from './llama.ts';
import { weightsFrom, withoutTiedHead } from './weight-origins.ts';
import type { OriginPart, WeightOrigin } from './weight-origins.ts';

/** What a family of checkpoints calls the parts of a Llama. */
interface LlamaNames {
  readonly token: string;
  readonly norm: string;
  readonly head: string;
  readonly layer: (index: number) => string;
  readonly norm1: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly output: string;
  readonly norm2: string;
  readonly gate: string;
  readonly up: string;
  readonly down: string;
  /** Whether rotary positions turn neighbours, 2i with 2i + 1, instead of i with i + headWidth/2. */
  readonly neighbours: boolean;
}

const huggingFace: LlamaNames = {
  token: 'model.embed_tokens',
  norm: 'model.norm',
  head: 'lm_head',
  layer: (index) => `model.layers.${index}`,
  norm1: 'input_layernorm',
  query: 'self_attn.q_proj',
  key: 'self_attn.k_proj',
  value: 'self_attn.v_proj',
  output: 'self_attn.o_proj',
  norm2: 'post_attention_layernorm',
  gate: 'mlp.gate_proj',
  up: 'mlp.up_proj',
  down: 'mlp.down_proj',
  neighbours: false,
};

const original: LlamaNames = {
  token: 'tok_embeddings',
  norm: 'norm',
  head: 'output',
  layer: (index) => `layers.${index}`,
  norm1: 'attention_norm',
  query: 'attention.wq',
  key: 'attention.wk',
  value: 'attention.wv',
  output: 'attention.wo',
  norm2: 'ffn_norm',
  gate: 'feed_forward.w1',
  up: 'feed_forward.w3',
  down: 'feed_forward.w2',
  neighbours: true,
};

/** The rows of `heads` heads with those first that are turned as first of a pair. */
function pairsApart(heads: number, headWidth: number): Int32Array {
  const pairs = headWidth / 2;
  return Int32Array.from({ length: heads * headWidth }, (_, row) => {
    const at = row % headWidth;
    return row - at + (at < pairs ? 2 * at : 2 * (at - pairs) + 1);
  });
}

function originsOf(options: LlamaOptions, names: LlamaNames): WeightOrigin[] {
  const { vocabulary, width, depth, heads, keyValueHeads, headWidth = width / heads, mlpWidth, tiedHead } = options;
  const gain = (ours: string, name: string): WeightOrigin => ({
    ours: `${ours}.gain`,
    theirs: [{ name: `${name}.weight`, shape: [width] }],
    transposed: false,
  });
  const dense = (ours: string, ...theirs: readonly OriginPart[]): WeightOrigin => ({
    ours: `${ours}.weight`,
    theirs,
    transposed: true,
  });
  const matrix = (name: string, to: number, from: number): OriginPart => ({ name: `${name}.weight`, shape: [to, from] });
  const turned = (name: string, count: number): OriginPart => ({
    ...matrix(name, count * headWidth, width),
    ...(names.neighbours ? { rows: pairsApart(count, headWidth) } : {}),
  });
  return [
    { ours: 'embed.token', theirs: [matrix(names.token, vocabulary, width)], transposed: false },
    ...Array.from({ length: depth }, (_, index): WeightOrigin[] => {
      const [ours, theirs] = [`blocks.${index}`, names.layer(index)];
      return [
        gain(`${ours}.norm1`, `${theirs}.${names.norm1}`),
        dense(
          `${ours}.attention.qkv`,
          turned(`${theirs}.${names.query}`, heads),
          turned(`${theirs}.${names.key}`, keyValueHeads),
          matrix(`${theirs}.${names.value}`, keyValueHeads * headWidth, width),
        ),
        dense(`${ours}.attention.output`, matrix(`${theirs}.${names.output}`, width, heads * headWidth)),
        gain(`${ours}.norm2`, `${theirs}.${names.norm2}`),
        dense(`${ours}.mlp.gate`, matrix(`${theirs}.${names.gate}`, mlpWidth, width)),
        dense(`${ours}.mlp.in`, matrix(`${theirs}.${names.up}`, mlpWidth, width)),
        dense(`${ours}.mlp.out`, matrix(`${theirs}.${names.down}`, width, mlpWidth)),
      ];
    }).flat(),
    gain('norm', names.norm),
    ...(tiedHead ? [] : [dense('head', matrix(names.head, vocabulary, width))]),
  ];
}

/** Frequencies that old checkpoints keep beside the weights. */
const isTable = (name: string): boolean => /(^|\.)(rotary_emb\.inv_freq|rope\.freqs)$/.test(name);

/**
 * Weights of a Llama from the tensors of Hugging Face's `LlamaForCausalLM`, or under the names of Meta's own checkpoints,
 * which llama2.c has too and where rotary positions turn neighbours. Smeared keys are in neither. The caller owns them.
 * @throws Error with all tensors that are missing, of another shape or not known
 */
export function readLlama(tensors: ReadonlyMap<string, TensorData>, options: LlamaOptions): Params {
  if (options.keySmear) throw new Error('Checkpoints of Llama have no smeared keys: read them without keySmear.');
  const names = tensors.has('tok_embeddings.weight') || tensors.has('layers.0.attention.wq.weight') ? original : huggingFace;
  const weights = new Map([...tensors].filter(([name]) => !isTable(name)));
  const single = options.tiedHead ? withoutTiedHead(weights, `${names.head}.weight`, `${names.token}.weight`) : weights;
  return weightsFrom('this Llama', single, originsOf(options, names));
}
