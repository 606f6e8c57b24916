import type { TensorInfo } from '@tensorflow/tfjs';
import type { KernelExports } from './exports.ts';
import type { SharedMemory } from './memory.ts';

export type KernelInputs = Readonly<Record<string, TensorInfo>>;
export type KernelAttributes = Readonly<Record<string, unknown>>;

/** What the kernels of a file work with. */
export interface KernelContext {
  readonly kernels: KernelExports;
  readonly memory: SharedMemory;
}

/** One kernel by its name in tfjs's registry. `undefined` as a result hands the call to tfjs's own kernel. */
export interface Registration {
  readonly name: string;
  readonly run: (inputs: KernelInputs, attributes: KernelAttributes) => TensorInfo | TensorInfo[] | undefined;
}

export type RegisterKernels = (context: KernelContext) => readonly Registration[];

/** The input `name`; kernels are registered beside the ops that call them, so that it is always there. */
export function input(inputs: KernelInputs, name: string): TensorInfo {
  const tensor = inputs[name];
  if (!tensor) throw new Error(`A kernel was called without its input ${name}.`);
  return tensor;
}

/** The attribute `name` as a number. */
export function number(attributes: KernelAttributes, name: string): number {
  const value = attributes[name];
  if (typeof value !== 'number') {
    throw new Error(`A kernel was called with ${name} = ${String(value)} instead of a number.`);
  }
  return value;
}

/** The attribute `name` as a list of numbers. */
export function numbers(attributes: KernelAttributes, name: string): readonly number[] {
  const value = attributes[name];
  if (!Array.isArray(value)) throw new Error(`A kernel was called with ${name} = ${String(value)} instead of numbers.`);
  return value;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

export function areFloat(...tensors: readonly (TensorInfo | undefined)[]): boolean {
  return tensors.every((tensor) => tensor === undefined || tensor.dtype === 'float32');
}
