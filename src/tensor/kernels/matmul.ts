import type { TensorInfo } from '@tensorflow/tfjs';
import { areFloat, input, sizeOf } from './registration.ts';
import type { KernelContext, RegisterKernels } from './registration.ts';

interface Product {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly bias?: TensorInfo | undefined;
}

/**
 * op(A)·op(B) over leading axes that are equal or of which one operand has none; `undefined` for everything else
 * (broadcasting of single axes, other types, empty tensors).
 */
function multiply(
  { kernels, memory }: KernelContext, a: TensorInfo, b: TensorInfo, { transposeA, transposeB, bias }: Product,
): TensorInfo | undefined {
  if (!areFloat(a, b, bias)) return undefined;
  const [rowsA = 0, columnsA = 0] = a.shape.slice(-2);
  const [rowsB = 0, columnsB = 0] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [n, inner] = transposeB ? [rowsB, columnsB] : [columnsB, rowsB];
  const leadingA = a.shape.slice(0, -2);
  const leadingB = b.shape.slice(0, -2);
  const countA = sizeOf(leadingA);
  const countB = sizeOf(leadingB);
  const same = leadingA.join() === leadingB.join();
  if (k !== inner || m * n * k === 0 || !(same || countA === 1 || countB === 1)) return undefined;
  if (bias && sizeOf(bias.shape) !== n) return undefined;
  const count = Math.max(countA, countB);
  if (count === 0) return undefined;
  const leading = same || countB === 1 ? longer(leadingA, leadingB) : longer(leadingB, leadingA);
  const y = memory.output([...leading, m, n]);
  const scratch = memory.scratch(kernels.gemmScratch(n, k));
  const tall = countB === 1 && !transposeA; // a shared B: one product with many rows
  kernels.batchedGemm(
    tall ? 1 : count, transposeA ? 1 : 0, transposeB ? 1 : 0, tall ? count * m : m, n, k,
    memory.address(a), countA === 1 ? 0 : m * k, transposeA ? m : k, memory.address(b), countB === 1 ? 0 : k * n,
    transposeB ? k : n, memory.address(y), m * n, bias ? memory.address(bias) : 0, scratch,
  );
  return y;
}

/**
 * Leading axes of the result: those of the operand that has more numbers there, with ones in front where the other is
 * longer.
 */
function longer(of: readonly number[], other: readonly number[]): number[] {
  return [...Array<number>(Math.max(0, other.length - of.length)).fill(1), ...of];
}

export const matmulKernels: RegisterKernels = (context) => [
  {
    name: 'BatchMatMul',
    run: (inputs, { transposeA, transposeB }) =>
      multiply(
        context, input(inputs, 'a'), input(inputs, 'b'),
        { transposeA: transposeA === true, transposeB: transposeB === true },
      ),
  },
  {
    name: '_FusedMatMul',
    run: (inputs, { transposeA, transposeB, activation }) => {
      if (inputs['preluActivationWeights'] || (activation && activation !== 'linear')) return undefined;
      const product = { transposeA: transposeA === true, transposeB: transposeB === true, bias: inputs['bias'] };
      return multiply(context, input(inputs, 'a'), input(inputs, 'b'), product);
    },
  },
  {
    name: 'AtlasLinear',
    run: (inputs) => {
      const x = input(inputs, 'x');
      const w = input(inputs, 'w');
      const { kernels, memory } = context;
      const [k = 0, n = 0] = w.shape;
      const rows = sizeOf(x.shape) / k;
      const bias = inputs['bias'];
      const y = memory.output([...x.shape.slice(0, -1), n]);
      const scratch = memory.scratch(kernels.gemmScratch(n, k));
      kernels.batchedGemm(
        1, 0, 0, rows, n, k, memory.address(x), 0, k, memory.address(w), 0, n, memory.address(y), 0,
        bias ? memory.address(bias) : 0, scratch,
      );
      return y;
    },
  },
];
