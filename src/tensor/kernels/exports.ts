type Address = number;
type Flag = 0 | 1;

/** What `kernels.wasm` exports. Sizes and strides count numbers of 4 bytes; scratch sizes count bytes. */
export interface KernelExports {
  constantBytes(): number;
  initialise(address: Address): void;
  gemmScratch(n: number, k: number): number;
  batchedGemm(
    count: number, transposeA: Flag, transposeB: Flag, m: number, n: number, k: number, a: Address, nextA: number,
    strideA: number, b: Address, nextB: number, strideB: number, c: Address, nextC: number, bias: Address,
    scratch: Address,
  ): void;
  convolutionScratch(
    channels: number, outRows: number, outColumns: number, outputs: number, filterRows: number, filterColumns: number,
    stride: number,
  ): number;
  patchScratch(
    channels: number, outRows: number, outColumns: number, filterRows: number, filterColumns: number, stride: number,
  ): number;
  convolution(
    batch: number, rows: number, columns: number, channels: number, outRows: number, outColumns: number,
    outputs: number, filterRows: number, filterColumns: number, stride: number, top: number, left: number, x: Address,
    w: Address, bias: Address, y: Address, scratch: Address,
  ): void;
  convolutionInputGradient(
    batch: number, rows: number, columns: number, channels: number, outRows: number, outColumns: number,
    outputs: number, filterRows: number, filterColumns: number, top: number, left: number, dy: Address, w: Address,
    dx: Address, scratch: Address,
  ): void;
  convolutionInputGradientStrided(
    batch: number, rows: number, columns: number, channels: number, outRows: number, outColumns: number,
    outputs: number, filterRows: number, filterColumns: number, stride: number, top: number, left: number, dy: Address,
    w: Address, dx: Address, scratch: Address,
  ): void;
  convolutionFilterGradient(
    batch: number, rows: number, columns: number, channels: number, outRows: number, outColumns: number,
    outputs: number, filterRows: number, filterColumns: number, stride: number, top: number, left: number, x: Address,
    dy: Address, dw: Address, scratch: Address,
  ): void;
  expAll(n: number, x: Address, y: Address): void;
  tanhAll(n: number, x: Address, y: Address): void;
  erfAll(n: number, x: Address, y: Address): void;
  geluErfAll(n: number, x: Address, y: Address): void;
  geluTanhAll(n: number, x: Address, y: Address): void;
  geluQuickAll(n: number, x: Address, y: Address): void;
  reluAll(n: number, x: Address, y: Address): void;
  geluErfGradient(n: number, x: Address, dy: Address, dx: Address): void;
  geluTanhGradient(n: number, x: Address, dy: Address, dx: Address): void;
  geluQuickGradient(n: number, x: Address, dy: Address, dx: Address): void;
  reluGradient(n: number, x: Address, dy: Address, dx: Address): void;
  layerNorm(rows: number, n: number, x: Address, gain: Address, shift: Address, eps: number, y: Address): void;
  layerNormInputGradient(
    rows: number, n: number, dy: Address, x: Address, gain: Address, eps: number, dx: Address,
  ): void;
  layerNormGainGradient(rows: number, n: number, dy: Address, x: Address, eps: number, dgain: Address): void;
  attentionScratch(tokens: number, prompts: number, size: number): number;
  attention(
    batch: number, heads: number, tokens: number, size: number, queries: number, prompts: number, scale: number,
    qkv: Address, extraKeys: Address, extraValues: Address, nextPrompts: number, y: Address, scores: Address,
    scratch: Address,
  ): void;
  attentionGradient(
    batch: number, heads: number, tokens: number, size: number, queries: number, prompts: number, scale: number,
    qkv: Address, extraKeys: Address, extraValues: Address, nextPrompts: number, scores: Address, dy: Address,
    dqkv: Address, scratch: Address,
  ): void;
  attentionExtraKeysGradient(
    batch: number, heads: number, tokens: number, size: number, queries: number, prompts: number, scale: number,
    qkv: Address, extraValues: Address, nextPrompts: number, scores: Address, y: Address, dy: Address, dkeys: Address,
    scratch: Address,
  ): void;
  attentionExtraValuesGradient(
    batch: number, heads: number, tokens: number, size: number, queries: number, prompts: number,
    nextPrompts: number, scores: Address, dy: Address, dvalues: Address, scratch: Address,
  ): void;
  transpose(rank: number, sizes: Address, strides: Address, counters: Address, x: Address, y: Address): void;
  maxPool(batch: number, rows: number, columns: number, channels: number, x: Address, y: Address): void;
  maxPoolGradient(
    batch: number, rows: number, columns: number, channels: number, x: Address, y: Address, dy: Address, dx: Address,
  ): void;
  multiplyRows(rows: number, n: number, x: Address, row: Address, y: Address): void;
  divideRows(rows: number, n: number, x: Address, row: Address, y: Address): void;
  columnSums(rows: number, n: number, x: Address, y: Address): void;
  segmentSums(rows: number, n: number, segments: number, x: Address, ids: Address, y: Address): void;
}
