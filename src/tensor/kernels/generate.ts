import { constants } from './constants.ts';

/** Rows and columns of the register tile: 8 accumulators, two vectors of B and one of A fit 16 registers. */
export const tileRows = 4;
const tileVectors = 2;

/** Sources that are written by rule instead of by hand, by file name. */
export function generatedSources(): ReadonlyMap<string, string> {
  return new Map([
    ['constants.ts', constantTable()],
    ['micro-kernels.ts', [packedTile(1), rowsTile(1), rowsTile(4), ...[1, 2, 3].map(dotTile)].join('\n')],
  ]);
}

/** The table of constants: `fillConstants` writes it, one accessor a name reads it. */
function constantTable(): string {
  const names = Object.keys(constants);
  const stores = names.map((name, i) => `  store<f32>(table, <f32>(${decimal(constants[name] ?? 0)}), ${4 * i});`);
  const accessors = names.map(
    (name, i) =>
      `// @ts-ignore: decorator\n@inline export function ${name}(table: usize): v128 ` +
      `{ return v128.load32_splat(table, ${4 * i}); }`,
  );
  return [
    `export const constantBytes: i32 = ${4 * names.length};`,
    'export function fillConstants(table: usize): void {',
    ...stores,
    '}',
    ...accessors,
    '',
  ].join('\n');
}

function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const columns = [...Array(tileVectors).keys()];
const rows = [...Array(tileRows).keys()];
const width = 4 * tileVectors;

/** Accumulators start from the bias (or zero), and at the end C is added where asked. */
function tileStart(): string[] {
  return [
    ...columns.map((j) => `  let c0${j} = f32x4.splat(0);`),
    `  if (bias) { ${columns.map((j) => `c0${j} = v128.load(bias, ${16 * j});`).join(' ')} }`,
    ...rows.slice(1).flatMap((i) => columns.map((j) => `  let c${i}${j} = c0${j};`)),
  ];
}

function tileEnd(): string[] {
  const walk = (f: (i: number, j: number) => string, step: string): string[] =>
    rows.flatMap((i) => [...columns.map((j) => f(i, j)), ...(i < tileRows - 1 ? [step] : [])]);
  return [
    '  if (accumulate) {',
    '    let p = c;',
    ...walk((i, j) => `    c${i}${j} = f32x4.add(c${i}${j}, v128.load(p, ${16 * j}));`, '    p += strideC;'),
    '  }',
    ...walk((i, j) => `  v128.store(c, c${i}${j}, ${16 * j});`, '  c += strideC;'),
    '}',
    '',
  ];
}

/** One step of k: a vector pair of B times one number of each row of A. */
function tileStep(k: number, loadA: (i: number) => string): string[] {
  return [
    ...columns.map((j) => `    const b${k}${j} = v128.load(b, ${4 * (k * width + 4 * j)});`),
    ...rows.flatMap((i) => [
      `    const a${k}${i} = ${loadA(i)};`,
      ...columns.map((j) => `    c${i}${j} = f32x4.add(c${i}${j}, f32x4.mul(a${k}${i}, b${k}${j}));`),
    ]),
  ];
}

/** C[4, 8] from a packed panel of A, `[k][4]`, and a packed panel of B, `[k][8]`. */
function packedTile(unroll: number): string {
  return [
    'export function tilePacked(k: i32, a: usize, b: usize, c: usize, strideC: usize, ' +
      'accumulate: bool, bias: usize): void {',
    ...tileStart(),
    ...[...new Set([unroll, 1])].flatMap((steps) => [
      `  while (k >= ${steps}) {`,
      ...[...Array(steps).keys()].flatMap((u) => tileStep(u, (i) => `v128.load32_splat(a, ${4 * (tileRows * u + i)})`)),
      `    a += ${4 * tileRows * steps}; b += ${4 * width * steps}; k -= ${steps};`,
      '  }',
    ]),
    ...tileEnd(),
  ].join('\n');
}

/**
 * C[4, 8] from four rows of A read in place: `segments` pieces of k numbers each, `step` bytes between the starts of
 * pieces; B is packed over all pieces. With `unroll` > 1, k must be a multiple of it.
 */
function rowsTile(unroll: number): string {
  const pointers = rows.map((i) => `a${i}`);
  const addresses = pointers.map((p) => `${p}: usize`).join(', ');
  return [
    `export function tileRows${unroll}(segments: i32, k: i32, ${addresses}, step: usize, ` +
      'b: usize, c: usize, strideC: usize, accumulate: bool, bias: usize): void {',
    ...tileStart(),
    '  const back = step - (<usize>k << 2);',
    '  while (true) {',
    '  let left = k;',
    '  while (left) {',
    ...[...Array(unroll).keys()].flatMap((u) => tileStep(u, (i) => `v128.load32_splat(a${i}, ${4 * u})`)),
    `    ${pointers.map((p) => `${p} += ${4 * unroll};`).join(' ')} b += ${4 * width * unroll}; left -= ${unroll};`,
    '  }',
    '  if (--segments == 0) break;',
    `  ${pointers.map((p) => `${p} += back;`).join(' ')}`,
    '  }',
    ...tileEnd(),
  ].join('\n');
}

/**
 * For one to three outputs: four rows of A times each filter as dot products along k, which must be a multiple of 4.
 * The lanes of a sum are added in the order (0 + 1) + (2 + 3); `c` takes `outputs` numbers a row, rows without gaps.
 */
function dotTile(outputs: number): string {
  const filters = [...Array(outputs).keys()];
  const pointers = rows.map((i) => `a${i}`);
  const addresses = pointers.map((p) => `${p}: usize`).join(', ');
  return [
    `export function dotRows${outputs}(segments: i32, k: i32, ${addresses}, step: usize, ` +
      'w: usize, strideW: usize, c: usize, bias: usize): void {',
    ...filters.flatMap((f) => rows.map((i) => `  let s${f}${i} = f32x4.splat(0);`)),
    ...filters.map((f) => `  let w${f} = w + ${f} * strideW;`),
    '  const back = step - (<usize>k << 2);',
    '  while (true) {',
    '  let left = k;',
    '  while (left) {',
    ...filters.map((f) => `    const f${f} = v128.load(w${f});`),
    ...rows.flatMap((i) => [
      `    const x${i} = v128.load(a${i});`,
      ...filters.map((f) => `    s${f}${i} = f32x4.add(s${f}${i}, f32x4.mul(x${i}, f${f}));`),
    ]),
    `    ${[...pointers, ...filters.map((f) => `w${f}`)].map((p) => `${p} += 16;`).join(' ')} left -= 4;`,
    '  }',
    '  if (--segments == 0) break;',
    `  ${pointers.map((p) => `${p} += back;`).join(' ')}`,
    '  }',
    ...filters.flatMap((f) => [
      `  const l${f} = ${shuffle(`s${f}0`, `s${f}1`, '0, 4, 1, 5')};`,
      `  const m${f} = ${shuffle(`s${f}0`, `s${f}1`, '2, 6, 3, 7')};`,
      `  const n${f} = ${shuffle(`s${f}2`, `s${f}3`, '0, 4, 1, 5')};`,
      `  const o${f} = ${shuffle(`s${f}2`, `s${f}3`, '2, 6, 3, 7')};`,
      `  const low${f} = ${sum(shuffle(`l${f}`, `n${f}`, '0, 1, 4, 5'), shuffle(`l${f}`, `n${f}`, '2, 3, 6, 7'))};`,
      `  const high${f} = ${sum(shuffle(`m${f}`, `o${f}`, '0, 1, 4, 5'), shuffle(`m${f}`, `o${f}`, '2, 3, 6, 7'))};`,
      `  let y${f} = f32x4.add(low${f}, high${f});`,
      `  if (bias) y${f} = f32x4.add(y${f}, v128.load32_splat(bias, ${4 * f}));`,
      ...rows.map((i) => `  v128.store_lane<f32>(c, y${f}, ${i}, ${4 * (i * outputs + f)});`),
    ]),
    '}',
    '',
  ].join('\n');
}

function shuffle(a: string, b: string, lanes: string): string {
  return `v128.shuffle<f32>(${a}, ${b}, ${lanes})`;
}

function sum(a: string, b: string): string {
  return `f32x4.add(${a}, ${b})`;
}
