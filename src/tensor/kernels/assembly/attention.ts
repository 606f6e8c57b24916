// Multi-head self-attention with the heads read in place: qkv is [batch, tokens, 3·width], a head is `size` columns of
// each third. Scores are [batch, heads, queries, prompts + tokens]: first the extra keys, then the tokens' own.
import { aligned, at, multiplyAdd, sumLanes, zeroNumbers } from './lanes';
import { gemm, gemmScratch } from './gemm';
import { softmaxRows, softmaxRowsGradient } from './softmax';

/** Bytes of scratch for all kernels of this file. */
export function attentionScratch(tokens: i32, prompts: i32, size: i32): i32 {
  const longest = max(tokens, prompts);
  const products = max(gemmScratch(longest, size), max(gemmScratch(size, longest), gemmScratch(longest, longest)));
  return products + tokens * (tokens + prompts) * 4 + 64;
}

/** `nextPrompts`: numbers between one picture's extra keys and the next one's (0: all share them); values likewise. */
export function attention(
  batch: i32, heads: i32, tokens: i32, size: i32, queries: i32, prompts: i32, scale: f32, qkv: usize, extraKeys: usize,
  extraValues: usize, nextPrompts: i32, y: usize, scores: usize, scratch: usize,
): void {
  const width = heads * size;
  const columns = 3 * width;
  const all = prompts + tokens;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const q = at(qkv, b * tokens * columns + h * size);
      const k = at(q, width);
      const v = at(k, width);
      const extra = b * nextPrompts + h * size;
      const out = at(y, b * queries * width + h * size);
      if (prompts) gemm(
        false, true, queries, prompts, size, q, columns, at(extraKeys, extra), width, scores, all, false, 0, scratch,
      );
      gemm(false, true, queries, tokens, size, q, columns, k, columns, at(scores, prompts), all, false, 0, scratch);
      softmaxRows(queries, all, scores, scale);
      if (prompts) gemm(
        false, false, queries, size, prompts, scores, all, at(extraValues, extra), width, out, width, false, 0, scratch,
      );
      gemm(
        false, false, queries, size, tokens, at(scores, prompts), all, v, columns, out, width, prompts > 0, 0, scratch,
      );
      scores = at(scores, queries * all);
    }
  }
}

/** dqkv from dy [batch, queries, width]; rows of queries that were not asked get zero. */
export function attentionGradient(
  batch: i32, heads: i32, tokens: i32, size: i32, queries: i32, prompts: i32, scale: f32, qkv: usize, extraKeys: usize,
  extraValues: usize, nextPrompts: i32, scores: usize, dy: usize, dqkv: usize, scratch: usize,
): void {
  const width = heads * size;
  const columns = 3 * width;
  const all = prompts + tokens;
  const dscores = aligned(scratch);
  const rest = at(dscores, tokens * all);
  for (let b = 0; b < batch; b++) {
    for (let i = queries; i < tokens; i++) zeroNumbers(at(dqkv, (b * tokens + i) * columns), width);
    for (let h = 0; h < heads; h++) {
      const first = b * tokens * columns + h * size;
      const q = at(qkv, first);
      const dq = at(dqkv, first);
      const extra = b * nextPrompts + h * size;
      const own = at(scores, prompts);
      const downOwn = at(dscores, prompts);
      const up = at(dy, b * queries * width + h * size);
      gemm(true, false, tokens, size, queries, own, all, up, width, at(dq, 2 * width), columns, false, 0, rest);
      if (prompts) gemm(
        false, true, queries, prompts, size, up, width, at(extraValues, extra), width, dscores, all, false, 0, rest,
      );
      gemm(false, true, queries, tokens, size, up, width, at(q, 2 * width), columns, downOwn, all, false, 0, rest);
      softmaxRowsGradient(queries, all, scores, dscores, scale);
      if (prompts) gemm(
        false, false, queries, size, prompts, dscores, all, at(extraKeys, extra), width, dq, columns, false, 0, rest,
      );
      gemm(false, false, queries, size, tokens, downOwn, all, at(q, width), columns, dq, columns, prompts > 0, 0, rest);
      gemm(true, false, tokens, size, queries, downOwn, all, q, columns, at(dq, width), columns, false, 0, rest);
      scores = at(scores, queries * all);
    }
  }
}

/** The gradient of the extra values: Σ over queries (and pictures that share them) of scoreᵀ·dy. */
export function attentionExtraValuesGradient(
  batch: i32, heads: i32, tokens: i32, size: i32, queries: i32, prompts: i32, nextPrompts: i32, scores: usize,
  dy: usize, dvalues: usize, scratch: usize,
): void {
  const width = heads * size;
  const all = prompts + tokens;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const up = at(dy, b * queries * width + h * size);
      const down = at(dvalues, b * nextPrompts + h * size);
      gemm(
        true, false, prompts, size, queries, scores, all, up, width, down, width, nextPrompts == 0 && b > 0, 0, scratch,
      );
      scores = at(scores, queries * all);
    }
  }
}

/** The gradient of the extra keys; Σ score·dscore of a row equals dy·y, so that only the extra columns are computed. */
export function attentionExtraKeysGradient(
  batch: i32, heads: i32, tokens: i32, size: i32, queries: i32, prompts: i32, scale: f32, qkv: usize,
  extraValues: usize, nextPrompts: i32, scores: usize, y: usize, dy: usize, dkeys: usize, scratch: usize,
): void {
  const width = heads * size;
  const all = prompts + tokens;
  const dscores = aligned(scratch);
  const rest = at(dscores, tokens * prompts);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const head = b * queries * width + h * size;
      const extra = b * nextPrompts + h * size;
      gemm(
        false, true, queries, prompts, size, at(dy, head), width, at(extraValues, extra), width, dscores, prompts,
        false, 0, rest,
      );
      for (let i = 0; i < queries; i++) {
        const row = head + i * width;
        const product = dot(size, at(y, row), at(dy, row));
        for (let j = 0; j < prompts; j++) {
          const place = at(dscores, i * prompts + j);
          store<f32>(place, scale * load<f32>(at(scores, i * all + j)) * (load<f32>(place) - product));
        }
      }
      const q = at(qkv, b * tokens * 3 * width + h * size);
      gemm(
        true, false, prompts, size, queries, dscores, prompts, q, 3 * width, at(dkeys, extra), width,
        nextPrompts == 0 && b > 0, 0, rest,
      );
      scores = at(scores, queries * all);
    }
  }
}

function dot(n: i32, a: usize, b: usize): f32 {
  let sums = f32x4.splat(0);
  for (; n >= 4; n -= 4) {
    sums = multiplyAdd(v128.load(a), v128.load(b), sums);
    a += 16;
    b += 16;
  }
  let sum = sumLanes(sums);
  for (; n > 0; n--) {
    sum += load<f32>(a) * load<f32>(b);
    a += 4;
    b += 4;
  }
  return sum;
}
