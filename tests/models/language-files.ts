import type { TensorData } from '../../src/assets/index.ts';
import type { LlamaOptions } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';

/** A drawn tensor of a file, the same for the same name. */
export function drawnData(name: string, shape: readonly number[]): TensorData {
  const values = createGenerator(name).normals(shape.reduce((product, n) => product * n, 1));
  return { dtype: 'float32', shape, values: Float32Array.from(values, (value) => 0.3 * value) };
}

/** Every name of `GPT2LMHeadModel`, or of `GPT2Model` without its prefix, with what old checkpoints keep beside. */
export function gpt2Tensors(prefix: string): Map<string, TensorData> {
  const shapes: (readonly [string, readonly number[]])[] = [
    ['wte.weight', [11, 8]],
    ['wpe.weight', [6, 8]],
    ...[0, 1].flatMap((layer): (readonly [string, readonly number[]])[] => [
      [`h.${layer}.ln_1.weight`, [8]],
      [`h.${layer}.ln_1.bias`, [8]],
      [`h.${layer}.attn.bias`, [1, 1, 6, 6]],
      [`h.${layer}.attn.masked_bias`, []],
      [`h.${layer}.attn.c_attn.weight`, [8, 24]],
      [`h.${layer}.attn.c_attn.bias`, [24]],
      [`h.${layer}.attn.c_proj.weight`, [8, 8]],
      [`h.${layer}.attn.c_proj.bias`, [8]],
      [`h.${layer}.ln_2.weight`, [8]],
      [`h.${layer}.ln_2.bias`, [8]],
      [`h.${layer}.mlp.c_fc.weight`, [8, 12]],
      [`h.${layer}.mlp.c_fc.bias`, [12]],
      [`h.${layer}.mlp.c_proj.weight`, [12, 8]],
      [`h.${layer}.mlp.c_proj.bias`, [8]],
    ]),
    ['ln_f.weight', [8]],
    ['ln_f.bias', [8]],
  ];
  return new Map(shapes.map(([name, shape]) => [`${prefix}${name}`, drawnData(name, shape)]));
}

export const gpt2FileOptions = { vocabulary: 11, contextLength: 6, width: 8, depth: 2, heads: 2, mlpWidth: 12, layerNormEps: 1e-5 } as const;

export const llamaFileOptions: LlamaOptions = {
  vocabulary: 13,
  contextLength: 10,
  width: 16,
  depth: 2,
  heads: 4,
  keyValueHeads: 2,
  mlpWidth: 12,
  normEps: 1e-5,
  rotaryBase: 10000,
  tiedHead: false,
};

/** Every name of `LlamaForCausalLM`. */
export function llamaTensors(): Map<string, TensorData> {
  const shapes: (readonly [string, readonly number[]])[] = [
    ['model.embed_tokens.weight', [13, 16]],
    ...[0, 1].flatMap((index): (readonly [string, readonly number[]])[] => {
      const layer = `model.layers.${index}`;
      return [
        [`${layer}.input_layernorm.weight`, [16]],
        [`${layer}.self_attn.q_proj.weight`, [16, 16]],
        [`${layer}.self_attn.k_proj.weight`, [8, 16]],
        [`${layer}.self_attn.v_proj.weight`, [8, 16]],
        [`${layer}.self_attn.o_proj.weight`, [16, 16]],
        [`${layer}.self_attn.rotary_emb.inv_freq`, [2]],
        [`${layer}.post_attention_layernorm.weight`, [16]],
        [`${layer}.mlp.gate_proj.weight`, [12, 16]],
        [`${layer}.mlp.up_proj.weight`, [12, 16]],
        [`${layer}.mlp.down_proj.weight`, [16, 12]],
      ];
    }),
    ['model.norm.weight', [16]],
    ['lm_head.weight', [13, 16]],
  ];
  return new Map(shapes.map(([name, shape]) => [name, drawnData(name, shape)]));
}

const originalNames: readonly (readonly [string, string])[] = [
  ['model.embed_tokens', 'tok_embeddings'],
  ['model.layers.', 'layers.'],
  ['input_layernorm', 'attention_norm'],
  ['self_attn.q_proj', 'attention.wq'],
  ['self_attn.k_proj', 'attention.wk'],
  ['self_attn.v_proj', 'attention.wv'],
  ['self_attn.o_proj', 'attention.wo'],
  ['post_attention_layernorm', 'ffn_norm'],
  ['mlp.gate_proj', 'feed_forward.w1'],
  ['mlp.up_proj', 'feed_forward.w3'],
  ['mlp.down_proj', 'feed_forward.w2'],
  ['model.norm', 'norm'],
  ['lm_head', 'output'],
];

/**
 * The same Llama as Meta's checkpoints have it: other names, and rows of queries and keys so that neighbours are turned
 * together (element i of a head at 2i, element i + headWidth/2 at 2i + 1).
 */
export function inOriginalLayout(tensors: ReadonlyMap<string, TensorData>, headWidth: number): Map<string, TensorData> {
  const turned = (data: TensorData): TensorData => {
    const [rows = 0, columns = 0] = data.shape;
    const values = new Float32Array(data.values.length);
    for (let row = 0; row < rows; row += 1) {
      const [inside, half] = [row % headWidth, headWidth / 2];
      const to = row - inside + (inside < half ? 2 * inside : 2 * (inside - half) + 1);
      values.set(data.values.subarray(row * columns, (row + 1) * columns), to * columns);
    }
    return { ...data, values };
  };
  return new Map(
    [...tensors].flatMap(([name, data]) => {
      if (name.endsWith('inv_freq')) return [];
      const theirs = originalNames.reduce((now, [from, to]) => now.replace(from, to), name);
      return [[theirs, /\.w[qk]\.weight$/.test(theirs) ? turned(data) : data] as const];
    }),
  );
}

/** A file of llama2.c with the tensors of {@link inOriginalLayout}, two layers. */
export function llama2cFile(tensors: ReadonlyMap<string, TensorData>, { tiedHead }: { readonly tiedHead: boolean }): Uint8Array {
  const header = Int32Array.of(16, 12, 2, 4, 2, tiedHead ? 13 : -13, 10);
  const layers = (name: string): string[] => [`layers.0.${name}.weight`, `layers.1.${name}.weight`];
  const order = [
    'tok_embeddings.weight',
    ...['attention_norm', 'attention.wq', 'attention.wk', 'attention.wv', 'attention.wo'].flatMap(layers),
    ...['ffn_norm', 'feed_forward.w1', 'feed_forward.w2', 'feed_forward.w3'].flatMap(layers),
    'norm.weight',
  ];
  const parts = [
    header,
    ...order.map((name) => {
      const data = tensors.get(name);
      if (!data) throw new Error(`The file of the test lacks ${name}.`);
      return data.values;
    }),
    new Float32Array(2 * 10 * 2).fill(0.5),
    ...(tiedHead ? [] : [tensors.get('output.weight')?.values ?? new Float32Array()]),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}
