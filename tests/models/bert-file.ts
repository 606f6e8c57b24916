import type { TensorData } from '../../src/assets/index.ts';
import type { BertOptions } from '../../src/models/index.ts';
import { drawnData } from './language-files.ts';

export const bertFileOptions: BertOptions = {
  vocabulary: 14,
  contextLength: 9,
  tokenTypes: 2,
  width: 12,
  depth: 2,
  heads: 3,
  mlpWidth: 20,
  layerNormEps: 1e-12,
  pooler: true,
  maskedHead: true,
};

const dense = (name: string, from: number, to: number): (readonly [string, readonly number[]])[] => [
  [`${name}.weight`, [to, from]],
  [`${name}.bias`, [to]],
];
const norm = (name: string, width: number): (readonly [string, readonly number[]])[] => [
  [`${name}.weight`, [width]],
  [`${name}.bias`, [width]],
];

/** Every name of `BertForPreTraining`, with what old checkpoints keep beside; drawn, the same for the same name. */
export function bertTensors({ vocabulary, contextLength, tokenTypes, width, depth, mlpWidth } = bertFileOptions): Map<string, TensorData> {
  const shapes: (readonly [string, readonly number[]])[] = [
    ['bert.embeddings.word_embeddings.weight', [vocabulary, width]],
    ['bert.embeddings.position_embeddings.weight', [contextLength, width]],
    ['bert.embeddings.token_type_embeddings.weight', [tokenTypes, width]],
    ...norm('bert.embeddings.LayerNorm', width),
    ...Array.from({ length: depth }, (_, index) => {
      const layer = `bert.encoder.layer.${index}`;
      return [
        ...['query', 'key', 'value'].flatMap((role) => dense(`${layer}.attention.self.${role}`, width, width)),
        ...dense(`${layer}.attention.output.dense`, width, width),
        ...norm(`${layer}.attention.output.LayerNorm`, width),
        ...dense(`${layer}.intermediate.dense`, width, mlpWidth),
        ...dense(`${layer}.output.dense`, mlpWidth, width),
        ...norm(`${layer}.output.LayerNorm`, width),
      ];
    }).flat(),
    ...dense('bert.pooler.dense', width, width),
    ...dense('cls.predictions.transform.dense', width, width),
    ...norm('cls.predictions.transform.LayerNorm', width),
    ['cls.predictions.bias', [vocabulary]],
    ...dense('cls.seq_relationship', width, 2),
  ];
  return new Map([
    ...shapes.map(([name, shape]) => [name, drawnData(name, shape)] as const),
    ['bert.embeddings.position_ids', { dtype: 'int32', shape: [1, contextLength], values: Int32Array.from({ length: contextLength }, (_, i) => i) }],
  ]);
}

type Rows = readonly (readonly number[])[];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The error function by its series, which converges for every x; far out it is 1. */
function erf(x: number): number {
  if (Math.abs(x) > 4.5) return Math.sign(x);
  let [term, total] = [x, x];
  for (let n = 1; n < 120; n += 1) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));

/** BERT once more, number by number in double precision, for one text of visible tokens and the padding behind or before it. */
export function plainBert(
  tensors: ReadonlyMap<string, TensorData>,
  { width, depth, heads, layerNormEps }: BertOptions,
  { ids, types, visible }: { readonly ids: readonly number[]; readonly types: readonly number[]; readonly visible: readonly boolean[] },
): { readonly states: Rows; readonly pooled: readonly number[]; readonly logits: Rows } {
  const values = (name: string): ArrayLike<number> => {
    const found = tensors.get(name);
    if (!found) throw new Error(`The file of the test lacks ${name}.`);
    return found.values;
  };
  const row = (name: string, index: number): number[] => Array.from({ length: width }, (_, i) => values(name)[index * width + i] ?? NaN);
  const linear = (x: readonly number[], name: string): number[] => {
    const [weights, bias] = [values(`${name}.weight`), values(`${name}.bias`)];
    return Array.from({ length: bias.length }, (_, to) => (bias[to] ?? NaN) + sum(x.map((value, from) => value * (weights[to * x.length + from] ?? NaN))));
  };
  const normal = (x: readonly number[], name: string): number[] => {
    const mean = sum(x) / x.length;
    const variance = sum(x.map((value) => (value - mean) ** 2)) / x.length;
    return x.map((value, i) => ((value - mean) / Math.sqrt(variance + layerNormEps)) * (values(`${name}.weight`)[i] ?? NaN) + (values(`${name}.bias`)[i] ?? NaN));
  };
  const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value + (b[i] ?? NaN));
  const embeddings = 'bert.embeddings';
  let states: number[][] = ids.map((id, place) => {
    const word = plus(row(`${embeddings}.word_embeddings.weight`, id), row(`${embeddings}.token_type_embeddings.weight`, types[place] ?? 0));
    return normal(plus(word, row(`${embeddings}.position_embeddings.weight`, place)), `${embeddings}.LayerNorm`);
  });
  const size = width / heads;
  for (let index = 0; index < depth; index += 1) {
    const layer = `bert.encoder.layer.${index}`;
    const [queries, keys, read] = ['query', 'key', 'value'].map((role) => states.map((state) => linear(state, `${layer}.attention.self.${role}`)));
    if (!queries || !keys || !read) throw new Error('no roles');
    states = states.map((state, place) => {
      const attended = new Array<number>(width).fill(0);
      for (let head = 0; head < heads; head += 1) {
        const at = (x: readonly number[] | undefined, i: number): number => x?.[head * size + i] ?? NaN;
        const shares = keys.map((key, other) => {
          const score = sum(Array.from({ length: size }, (_, i) => at(queries[place], i) * at(key, i))) / Math.sqrt(size);
          return visible[other] === true ? Math.exp(score) : 0;
        });
        const whole = sum(shares);
        for (let i = 0; i < size; i += 1) attended[head * size + i] = sum(read.map((value, other) => ((shares[other] ?? NaN) / whole) * at(value, i)));
      }
      const middle = normal(plus(linear(attended, `${layer}.attention.output.dense`), state), `${layer}.attention.output.LayerNorm`);
      const inner = linear(middle, `${layer}.intermediate.dense`).map(gelu);
      return normal(plus(linear(inner, `${layer}.output.dense`), middle), `${layer}.output.LayerNorm`);
    });
  }
  const bias = values('cls.predictions.bias');
  const logits = states.map((state) => {
    const read = normal(linear(state, 'cls.predictions.transform.dense').map(gelu), 'cls.predictions.transform.LayerNorm');
    return Array.from({ length: bias.length }, (_, token) => (bias[token] ?? NaN) + sum(row(`${embeddings}.word_embeddings.weight`, token).map((value, i) => value * (read[i] ?? NaN))));
  });
  return { states, pooled: linear(states[0] ?? [], 'bert.pooler.dense').map(Math.tanh), logits };
}
