import type { TensorInfo } from '@tensorflow/tfjs';
import { input, number } from './registration.ts';
import type { KernelAttributes, KernelInputs, RegisterKernels } from './registration.ts';

interface Sizes {
  readonly batch: number;
  readonly heads: number;
  readonly tokens: number;
  /** Columns of a head. */
  readonly size: number;
  readonly width: number;
  readonly queries: number;
  readonly prompts: number;
  /** Numbers from one picture's extra keys to the next one's; 0 where all share them. */
  readonly nextPrompts: number;
  readonly scale: number;
}

function sizesOf(qkv: TensorInfo, inputs: KernelInputs, attributes: KernelAttributes): Sizes {
  const [batch = 0, tokens = 0, columns = 0] = qkv.shape;
  const heads = number(attributes, 'heads');
  const width = columns / 3;
  const size = width / heads;
  const extra = inputs['keys'] ?? inputs['values'];
  const prompts = extra?.shape.at(-2) ?? 0;
  return {
    batch, heads, tokens, size, width, queries: number(attributes, 'queries'), prompts,
    nextPrompts: extra?.shape.length === 3 ? prompts * width : 0, scale: 1 / Math.sqrt(size),
  };
}

export const attentionKernels: RegisterKernels = ({ kernels, memory }) => {
  const optional = (tensor: TensorInfo | undefined): number => (tensor ? memory.address(tensor) : 0);
  const scratchFor = (s: Sizes): number => memory.scratch(kernels.attentionScratch(s.tokens, s.prompts, s.size));
  return [
    {
      name: 'AtlasAttention',
      run: (inputs, attributes) => {
        const qkv = input(inputs, 'qkv');
        const s = sizesOf(qkv, inputs, attributes);
        const y = memory.output([s.batch, s.queries, s.width]);
        const scores = memory.output([s.batch, s.heads, s.queries, s.prompts + s.tokens]);
        const scratch = scratchFor(s);
        kernels.attention(
          s.batch, s.heads, s.tokens, s.size, s.queries, s.prompts, s.scale, memory.address(qkv),
          optional(inputs['keys']), optional(inputs['values']), s.nextPrompts, memory.address(y),
          memory.address(scores), scratch,
        );
        return [y, scores];
      },
    },
    {
      name: 'AtlasAttentionGradient',
      run: (inputs, attributes) => {
        const qkv = input(inputs, 'qkv');
        const s = sizesOf(qkv, inputs, attributes);
        const dqkv = memory.output(qkv.shape);
        const scratch = scratchFor(s);
        kernels.attentionGradient(
          s.batch, s.heads, s.tokens, s.size, s.queries, s.prompts, s.scale, memory.address(qkv),
          optional(inputs['keys']), optional(inputs['values']), s.nextPrompts, memory.address(input(inputs, 'scores')),
          memory.address(input(inputs, 'dy')), memory.address(dqkv), scratch,
        );
        return dqkv;
      },
    },
    {
      name: 'AtlasAttentionKeysGradient',
      run: (inputs, attributes) => {
        const qkv = input(inputs, 'qkv');
        const values = input(inputs, 'values');
        const s = sizesOf(qkv, inputs, attributes);
        const dkeys = memory.output(values.shape);
        const scratch = scratchFor(s);
        kernels.attentionExtraKeysGradient(
          s.batch, s.heads, s.tokens, s.size, s.queries, s.prompts, s.scale, memory.address(qkv),
          memory.address(values), s.nextPrompts, memory.address(input(inputs, 'scores')),
          memory.address(input(inputs, 'y')), memory.address(input(inputs, 'dy')), memory.address(dkeys), scratch,
        );
        return dkeys;
      },
    },
    {
      name: 'AtlasAttentionValuesGradient',
      run: (inputs, attributes) => {
        const qkv = input(inputs, 'qkv');
        const values = input(inputs, 'values');
        const s = sizesOf(qkv, inputs, attributes);
        const dvalues = memory.output(values.shape);
        const scratch = scratchFor(s);
        kernels.attentionExtraValuesGradient(
          s.batch, s.heads, s.tokens, s.size, s.queries, s.prompts, s.nextPrompts,
          memory.address(input(inputs, 'scores')), memory.address(input(inputs, 'dy')),
          memory.address(dvalues), scratch,
        );
        return dvalues;
      },
    },
  ];
};
