/** c + a·b, rounded twice: no fused multiply-add, so that every machine gives the same bits. */
// @ts-ignore: decorator
@inline export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(c, f32x4.mul(a, b));
}

/** (0 + 1) + (2 + 3) */
// @ts-ignore: decorator
@inline export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Stores the transpose of four rows, `stride` bytes apart. */
// @ts-ignore: decorator
@inline export function storeTransposed(to: usize, stride: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + stride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * stride, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * stride, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Copies n 4-byte numbers; short pieces without the cost of a bulk operation. */
// @ts-ignore: decorator
@inline export function copyNumbers(to: usize, from: usize, n: i32): void {
  if (n > 64) {
    memory.copy(to, from, <usize>n << 2);
    return;
  }
  const end = to + (<usize>n << 2);
  while (to + 16 <= end) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
  while (to < end) {
    store<u32>(to, load<u32>(from));
    to += 4;
    from += 4;
  }
}

// @ts-ignore: decorator
@inline export function zeroNumbers(to: usize, n: i32): void {
  memory.fill(to, 0, <usize>n << 2);
}

/** The address of the element `index` of 4-byte numbers. */
// @ts-ignore: decorator
@inline export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** The next address that is a multiple of 16. */
// @ts-ignore: decorator
@inline export function aligned(address: usize): usize {
  return (address + 15) & ~15;
}
