import { z } from 'zod';
import type { TensorData } from '../assets/index.ts';
import { gpt2, llama, readGpt2, readLlama } from '../models/index.ts';
import type { LanguageArchitecture } from '../models/index.ts';
import { digestParams, disposeParams, entry, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { checkFrozen } from './check-frozen.ts';
import { checkTraining } from './check-training.ts';
import { compareTensor } from './compare.ts';
import { storedParams, storedTensor } from './stored-params.ts';
import type { Check, OracleCase } from './types.ts';

const gpt2Schema = z.looseObject({
  type: z.literal('gpt2'),
  vocab_size: z.number(),
  n_positions: z.number(),
  n_embd: z.number(),
  n_layer: z.number(),
  n_head: z.number(),
  n_inner: z.number().nullish(),
  activation_function: z.enum(['gelu_new', 'gelu_pytorch_tanh', 'gelu', 'quick_gelu']),
  layer_norm_epsilon: z.number(),
  tie_word_embeddings: z.boolean().default(true),
});
const llamaSchema = z.looseObject({
  type: z.literal('llama'),
  vocab_size: z.number(),
  hidden_size: z.number(),
  intermediate_size: z.number(),
  num_hidden_layers: z.number(),
  num_attention_heads: z.number(),
  num_key_value_heads: z.number().nullish(),
  head_dim: z.number().nullish(),
  max_position_embeddings: z.number(),
  rms_norm_eps: z.number(),
  rope_theta: z.number(),
  rope_scaling: z.null().optional(),
  hidden_act: z.literal('silu'),
  tie_word_embeddings: z.boolean(),
  attention_bias: z.literal(false).default(false),
  mlp_bias: z.literal(false).default(false),
});
const schema = z.looseObject({ model: z.discriminatedUnion('type', [gpt2Schema, llamaSchema]) });
const activations = { gelu_new: 'tanh', gelu_pytorch_tanh: 'tanh', gelu: 'erf', quick_gelu: 'quick' } as const;

type Weights = ReadonlyMap<string, TensorData>;
interface Network {
  readonly architecture: LanguageArchitecture;
  readonly weights: Params;
}

function gpt2Network(given: z.infer<typeof gpt2Schema>, tensors: Weights): Network {
  const options = {
    vocabulary: given.vocab_size,
    contextLength: given.n_positions,
    width: given.n_embd,
    depth: given.n_layer,
    heads: given.n_head,
    mlpWidth: given.n_inner ?? 4 * given.n_embd,
    layerNormEps: given.layer_norm_epsilon,
    gelu: activations[given.activation_function],
    tiedHead: given.tie_word_embeddings,
  };
  return { architecture: gpt2(options), weights: readGpt2(tensors, options) };
}

function llamaNetwork(given: z.infer<typeof llamaSchema>, tensors: Weights): Network {
  const options = {
    vocabulary: given.vocab_size,
    contextLength: given.max_position_embeddings,
    width: given.hidden_size,
    depth: given.num_hidden_layers,
    heads: given.num_attention_heads,
    keyValueHeads: given.num_key_value_heads ?? given.num_attention_heads,
    ...(given.head_dim ? { headWidth: given.head_dim } : {}),
    mlpWidth: given.intermediate_size,
    normEps: given.rms_norm_eps,
    rotaryBase: given.rope_theta,
    tiedHead: given.tie_word_embeddings,
  };
  return { architecture: llama(options), weights: readLlama(tensors, options) };
}

/** Rows of token ids, int32 `[batch, length]`. */
export interface TokenBatch {
  readonly ids: Tensor;
  /** `[batch, length]`, 0 for padding; all tokens are visible where a case has none. */
  readonly mask: Tensor | null;
}

/** A case on one of Hugging Face's causal language models. */
export interface LanguageCase extends Network {
  readonly digest: string;
  readonly batch: TokenBatch;
}

/** The network of a case, its weights read as those of a checkpoint, and its tokens. */
export function languageCase(oracle: OracleCase): LanguageCase {
  const { model } = schema.parse(oracle.json);
  const role = 'frozen.';
  const frozen = [...oracle.tensors].filter(([name]) => name.startsWith(role));
  const tensors = new Map(frozen.map(([name, data]) => [name.slice(role.length), data]));
  const network = model.type === 'gpt2' ? gpt2Network(model, tensors) : llamaNetwork(model, tensors);
  return {
    ...network,
    digest: digestParams(network.weights),
    batch: {
      ids: storedTensor(oracle, 'input.input_ids'),
      mask: oracle.tensors.has('input.attention_mask') ? storedTensor(oracle, 'input.attention_mask') : null,
    },
  };
}

/** Frees what {@link languageCase} made. */
export function disposeLanguageCase({ weights, batch }: LanguageCase): void {
  disposeParams(weights);
  tf.dispose(batch.mask ? [batch.ids, batch.mask] : [batch.ids]);
}

/** Labels with this value don't count. */
const ignored = -100;

/**
 * The mean cross-entropy of logits `[batch, rows, vocabulary]` for the label one place later, over the labels that count.
 * Labels `[batch, length]`; where there are more rows than labels, those in front are a prompt's and have none.
 */
export function nextTokenLoss(logits: Tensor, labels: Tensor): Tensor {
  const [batch = 0, rows = 0, vocabulary = 0] = logits.shape;
  const [, length = 0] = labels.shape;
  const wanted = labels.dataSync();
  const front = rows - length;
  const counted = [...wanted.keys()].flatMap((at) => {
    const row = (at % length) + front - 1;
    const label = wanted[at] ?? ignored;
    return label === ignored || row < 0 ? [] : [{ from: Math.floor(at / length) * rows + row, label }];
  });
  const chosen = tf.gather(tf.reshape(logits, [batch * rows, vocabulary]), tf.tensor1d(counted.map(({ from }) => from), 'int32'));
  return softmaxCrossEntropy(chosen, tf.tensor1d(counted.map(({ label }) => label), 'int32'));
}

/**
 * Logits at the start and the training of everything under `init.`, by the stored names and in the stored layout; afterwards
 * the frozen weights must have kept their bits.
 */
export async function checkLanguageTraining(
  oracle: OracleCase,
  at: LanguageCase,
  logits: (params: Params, batch: TokenBatch) => Tensor,
): Promise<readonly Check[]> {
  const initial = storedParams(oracle, 'init.');
  const labels = storedTensor(oracle, 'input.labels');
  const checks = [
    compareTensor(oracle, 'expect.logits', tf.tidy(() => logits(initial, at.batch))),
    ...(await checkTraining(oracle, {
      initial,
      loss: (params, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        const { ids, mask } = at.batch;
        const batch = { ids: tf.gather(ids, picked), mask: mask && tf.gather(mask, picked) };
        return nextTokenLoss(logits(params, batch), tf.gather(labels, picked));
      },
      stored: entry,
    })),
    checkFrozen(at),
  ];
  disposeParams(initial);
  labels.dispose();
  disposeLanguageCase(at);
  return checks;
}
