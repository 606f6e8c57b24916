import { mapParams } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/** Linear layers of `GPT2LMHeadModel` and ours. */
const layers: Readonly<Record<string, string>> = {
  'attn.c_attn': 'attention.qkv',
  'attn.c_proj': 'attention.output',
  'mlp.c_fc': 'mlp.in',
  'mlp.c_proj': 'mlp.out',
};
const stored = /^transformer\.h\.(\d+)\.(attn\.c_attn|attn\.c_proj|mlp\.c_fc|mlp\.c_proj)\.(.+)$/;

/** A trained tensor of PEFT and the layer that it changes. */
export interface ChangedLayer {
  /** `transformer.h.0.mlp.c_proj`. */
  readonly module: string;
  /** Ours: `blocks.0.mlp.out`. */
  readonly layer: string;
  /** `lora_A.weight`. */
  readonly part: string;
  readonly tensor: Tensor;
}

/** Which layers PEFT's parameters change. @throws Error for a name that is no linear layer of a block. */
export function changedLayers(params: Params): readonly ChangedLayer[] {
  return Object.entries(params).map(([name, tensor]) => {
    const [, block = '', layer = '', part = ''] = stored.exec(name) ?? [];
    if (part === '') throw new Error(`Nothing here stands for the stored parameter '${name}'.`);
    return { module: `transformer.h.${block}.${layer}`, layer: `blocks.${block}.${layers[layer] ?? ''}`, part, tensor };
  });
}

/** Whether PEFT's list of targets names a module: by its whole name or by its end. */
export function isTarget(module: string, targets: readonly string[]): boolean {
  return targets.some((target) => module === target || module.endsWith(`.${target}`));
}

/** Weights of which some are made anew; the others stay the same tensors. */
export function withChanged(weights: Params, changes: ReadonlyMap<string, (tensor: Tensor) => Tensor>): Params {
  const missing = [...changes.keys()].filter((name) => !(name in weights));
  if (missing.length > 0) throw new Error(`The weights lack ${missing.join(', ')}.`);
  return mapParams(weights, (tensor, name) => changes.get(name)?.(tensor) ?? tensor);
}
