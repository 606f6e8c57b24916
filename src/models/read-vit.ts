import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import { toParams } from './tensor-values.ts';
import { vitShapes } from './vit.ts';
import type { VitOptions } from './vit.ts';
import { checkTensors } from './weight-shapes.ts';

/**
 * Weights of a vision transformer that stand in a file under our own names.
 * @throws Error with all tensors that are missing, of another shape or not known
 */
export function readVit(tensors: ReadonlyMap<string, TensorData>, options: VitOptions): Params {
  checkTensors('this vision transformer', tensors, vitShapes(options));
  return toParams(tensors);
}
