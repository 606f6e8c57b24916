import type { Generator } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { ParameterSpec, ParameterSpecs } from './types.ts';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** All zeros. */
export function zeros(shape: readonly number[]): ParameterSpec {
  return { shape, initial: () => new Float32Array(sizeOf(shape)) };
}

/** Uniform in [−bound, bound). */
export function uniformWithin(shape: readonly number[], bound: number): ParameterSpec {
  return { shape, initial: (generator) => generator.uniforms(sizeOf(shape), -bound, bound) };
}

/** Normal around 0 with that deviation. */
export function normal(shape: readonly number[], deviation: number): ParameterSpec {
  return { shape, initial: (generator) => generator.normals(sizeOf(shape)).map((value) => deviation * value) };
}

/** How many numbers the specs hold. */
export function sizeOfAll(specs: ParameterSpecs): number {
  return Object.values(specs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** How many numbers of the specs training can put to use: those behind a mask, and choices from a finite set, don't count. */
export function countParameters(specs: ParameterSpecs): number {
  return Object.values(specs).reduce((sum, { shape, active, discrete }) => sum + (discrete ? 0 : (active ?? sizeOf(shape))), 0);
}

/** First values of a tree. Every name draws from its own stream, so that adding one changes no other. */
export function initialParameters(specs: ParameterSpecs, generator: Generator): Params {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, initial }]) => [
      name,
      tf.tensor(initial(generator.split(name)), [...shape], 'float32'),
    ]),
  );
}
