import type { TensorData } from '../assets/index.ts';
import type { GeluKind, Params } from '../tensor/index.ts';
import { bert } from './bert.ts';
import type { BertOptions } from './bert.ts';
import type { ConfigFields } from './config-fields.ts';
import { gpt2 } from './gpt2.ts';
import type { Gpt2Options } from './gpt2.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import type { LanguageEncoder } from './language-encoder.ts';
import { llama } from './llama.ts';
import type { LlamaOptions } from './llama.ts';
import { bertHeads, readBert } from './read-bert.ts';
import { readGpt2 } from './read-gpt2.ts';
import { readLlama } from './read-llama.ts';

/** A model as its folder describes it, before its weights are read. */
export interface DescribedModel {
  readonly architecture: LanguageArchitecture | LanguageEncoder;
  readonly read: () => Params;
}

type Tensors = ReadonlyMap<string, TensorData>;
/** What a family makes of `config.json` and the tensors beside it. */
export type LanguageFamily = (config: ConfigFields, tensors: Tensors) => DescribedModel;

/** Hugging Face's names of the forms of GELU. */
const gelus: ReadonlyMap<string, GeluKind> = new Map([
  ['gelu', 'erf'],
  ['gelu_new', 'tanh'],
  ['gelu_pytorch_tanh', 'tanh'],
  ['gelu_fast', 'tanh'],
  ['quick_gelu', 'quick'],
]);
const layers = { most: 1024 } as const;

const gpt2Family: LanguageFamily = (config, tensors) => {
  config.only('scale_attn_weights', true);
  config.only('scale_attn_by_inverse_layer_idx', false);
  config.only('add_cross_attention', false);
  const width = config.whole('n_embd');
  const options: Gpt2Options = {
    vocabulary: config.whole('vocab_size'),
    contextLength: config.whole('n_positions'),
    width,
    depth: config.whole('n_layer', layers),
    heads: config.whole('n_head'),
    mlpWidth: config.whole('n_inner', { otherwise: 4 * width }),
    layerNormEps: config.positive('layer_norm_epsilon'),
    gelu: config.pick('activation_function', gelus),
    tiedHead: config.truth('tie_word_embeddings', true),
  };
  return { architecture: gpt2(options), read: () => readGpt2(tensors, options) };
};

/** The base of the rotary positions, which newer files keep apart; scaled positions are another model. */
function rotaryBase(config: ConfigFields): number {
  const plain = new Map([['default', true]]);
  config.inner('rope_scaling')?.pick('rope_type', plain);
  const parameters = config.inner('rope_parameters');
  parameters?.pick('rope_type', plain);
  return parameters?.positive('rope_theta') ?? config.positive('rope_theta', 10000);
}

const llamaFamily: LanguageFamily = (config, tensors) => {
  config.only('hidden_act', 'silu');
  config.only('attention_bias', false);
  config.only('mlp_bias', false);
  const heads = config.whole('num_attention_heads');
  const width = config.whole('hidden_size');
  const options: LlamaOptions = {
    vocabulary: config.whole('vocab_size'),
    contextLength: config.whole('max_position_embeddings'),
    width,
    depth: config.whole('num_hidden_layers', layers),
    heads,
    keyValueHeads: config.whole('num_key_value_heads', { otherwise: heads }),
    headWidth: config.whole('head_dim', { otherwise: width / heads }),
    mlpWidth: config.whole('intermediate_size'),
    normEps: config.positive('rms_norm_eps'),
    rotaryBase: rotaryBase(config),
    tiedHead: config.truth('tie_word_embeddings', false),
  };
  return { architecture: llama(options), read: () => readLlama(tensors, options) };
};

const bertFamily: LanguageFamily = (config, tensors) => {
  config.only('position_embedding_type', 'absolute');
  config.only('is_decoder', false);
  config.only('add_cross_attention', false);
  const options: BertOptions = {
    vocabulary: config.whole('vocab_size'),
    contextLength: config.whole('max_position_embeddings'),
    tokenTypes: config.whole('type_vocab_size'),
    width: config.whole('hidden_size'),
    depth: config.whole('num_hidden_layers', layers),
    heads: config.whole('num_attention_heads'),
    mlpWidth: config.whole('intermediate_size'),
    layerNormEps: config.positive('layer_norm_eps'),
    gelu: config.pick('hidden_act', gelus),
    ...bertHeads(tensors),
    tiedHead: config.truth('tie_word_embeddings', true),
  };
  return { architecture: bert(options), read: () => readBert(tensors, options) };
};

/** By the `model_type` of `config.json`; another family is another line. */
export const languageFamilies: ReadonlyMap<string, LanguageFamily> = new Map([
  ['gpt2', gpt2Family],
  ['llama', llamaFamily],
  ['bert', bertFamily],
]);
