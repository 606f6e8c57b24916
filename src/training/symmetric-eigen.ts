/** The decomposition Q diag(values) Qᵀ of a symmetric matrix. */
export interface SymmetricEigen {
  /** `[n]`, in no particular order. */
  readonly values: Float64Array;
  /** `[n][n]`: `vectors[k]` is the unit eigenvector of `values[k]`, so the k-th column of Q. */
  readonly vectors: readonly Float64Array[];
}

const roundOff = Number.EPSILON / 2;
const mostSweeps = 60;

const at = (matrix: readonly Float64Array[], row: number, column: number): number => matrix[row]?.[column] ?? NaN;

/** Refuses what is no symmetric matrix of finite numbers, and returns its largest absolute entry. */
function checkedSize(matrix: readonly Float64Array[]): number {
  let size = 0;
  matrix.forEach((row, i) => {
    if (row.length !== matrix.length) {
      throw new RangeError(`Row ${i} of a ${matrix.length} × ${matrix.length} matrix has ${row.length} numbers.`);
    }
    row.forEach((value, j) => {
      if (!Number.isFinite(value) || value !== at(matrix, j, i)) {
        const found = `${value} at [${i}, ${j}] and ${at(matrix, j, i)} at [${j}, ${i}]`;
        throw new RangeError(`This eigendecomposition is for finite symmetric matrices, found ${found}.`);
      }
      size = Math.max(size, Math.abs(value));
    });
  });
  return size;
}

/** (x, y) → (c x − s y, s x + c y) for every pair of the two rows. */
function rotateRows(first: Float64Array, second: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < first.length; k++) {
    const x = first[k] ?? NaN;
    const y = second[k] ?? NaN;
    first[k] = cosine * x - sine * y;
    second[k] = sine * x + cosine * y;
  }
}

/** Jᵀ A J with the rotation J in the plane (p, q) that makes A[p, q] zero; Q becomes Q J. */
function rotate(matrix: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const [rowP, rowQ, vectorP, vectorQ] = [matrix[p], matrix[q], vectors[p], vectors[q]];
  if (!rowP || !rowQ || !vectorP || !vectorQ) return;
  const [first, second, off] = [at(matrix, p, p), at(matrix, q, q), at(matrix, p, q)];
  // the smaller root of t² + 2θt − 1 = 0 with θ = (a_qq − a_pp)/(2 a_pq): the angle is at most π/4
  const theta = (second - first) / (2 * off);
  const size = 1 / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const tangent = theta < 0 ? -size : size;
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  rotateRows(rowP, rowQ, cosine, sine);
  matrix.forEach((row, k) => {
    row[p] = rowP[k] ?? NaN;
    row[q] = rowQ[k] ?? NaN;
  });
  rowP[p] = first - tangent * off;
  rowQ[q] = second + tangent * off;
  rowP[q] = 0;
  rowQ[p] = 0;
  rotateRows(vectorP, vectorQ, cosine, sine);
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix `[n][n]` by cyclic Jacobi rotations: the planes (p, q), p < q, row
 * by row, until a whole sweep finds every |a_pq| ≤ u √|a_pp a_qq| (or u² times the largest entry), u = 2⁻⁵³: by ratios, so
 * that small eigenvalues of a positive definite matrix come out as exact as large ones. A fixed order of additions,
 * multiplications, quotients and square roots, so the bits are the same in every engine. The matrix is left as it is.
 * Throws a RangeError where it isn't square, symmetric and finite. Source: Golub and Van Loan, *Matrix Computations*, 4th
 * edition, 8.5; the test by ratios: Demmel and Veselić 1992.
 */
export function symmetricEigen(matrix: readonly Float64Array[]): SymmetricEigen {
  const floor = roundOff * roundOff * checkedSize(matrix);
  const rest = matrix.map((row) => row.slice());
  const vectors = matrix.map((_, i) => Float64Array.from(matrix, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0, rotations = 1; sweep < mostSweeps && rotations > 0; sweep++) {
    rotations = 0;
    for (let p = 0; p < rest.length; p++) {
      for (let q = p + 1; q < rest.length; q++) {
        const off = Math.abs(at(rest, p, q));
        if (off <= floor || off <= roundOff * Math.sqrt(Math.abs(at(rest, p, p) * at(rest, q, q)))) continue;
        rotate(rest, vectors, p, q);
        rotations += 1;
      }
    }
  }
  return { values: Float64Array.from(rest, (row, i) => row[i] ?? NaN), vectors };
}
