/** npm run bench:engine: what the engine computes per second, beside tfjs's own kernels in the same minutes. */
import { parseArgs } from 'node:util';
import { benchVit, modelRows, takesPictures } from '../src/models/index.ts';
import type { Architecture } from '../src/models/index.ts';
import { createGenerator } from '../src/random/index.ts';
import { attention, conv2d, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../src/tensor/index.ts';
import type { BackendName, Params, Tensor } from '../src/tensor/index.ts';
import { measureGoals } from './bench-engine/goals.ts';
import { languageShapes, measureLanguage } from './bench-engine/language.ts';
import { drawn, measure } from './bench-engine/measure.ts';
import type { Item, PlainProducts, Timing } from './bench-engine/measure.ts';
import { measureShapes, shapeLines } from './bench-engine/measure-shapes.ts';
import type { ShapeSpeeds } from './bench-engine/measure-shapes.ts';
import { languageLines, speedupLine } from './bench-engine/lines.ts';
import { measureTexts } from './bench-engine/texts.ts';

const help = `npm run bench:engine -- [options]
Times the wasm kernels and whole training steps, in milliseconds of processor time of the one thread they run on. Every
figure is taken over all rounds; in each round everything takes its turn, tfjs's own plain 512 × 512 × 512 product too:
"ratio" is the rate compared with that one, "share" compared with the project's own such product. "Goals" are roads that
compute the same, and how many times as fast the one that the project takes is; then steps as a share of a product.
"Language" is how many tokens a second language models of random weights get through, and such roads for them.
"Shapes", which is measured only when asked for, times forward passes and steps with a learned prompt of the shapes of
published networks, in wall-clock time, on any back-end: without a graphics card "webgpu" can be tried by
"npm run swiftshader -- scripts/bench-engine.ts --part shapes --backend webgpu --quick".

  --rounds N      rounds (default 9)
  --part NAME     kernels, models, goals, language or shapes alone
  --backend NAME  wasm (default), cpu, node or webgpu; for shapes alone
  --quick         shapes: tiny networks and batches, to try whether all runs
  --json          one JSON object
  --help`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    part: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const batch = 64;
/** A clip of sound is more work than a picture. */
const clips = 16;
/** Models whose steps are stated as a share of a plain product. */
const shared: readonly string[] = ['world-vit', 'kwt1'];
const prompts = 10;
const parts: readonly (string | undefined)[] = ['kernels', 'models', 'goals', 'language', 'shapes', undefined];
const backends: readonly BackendName[] = ['wasm', 'cpu', 'node', 'webgpu'];

async function timeShapes(name: BackendName, rounds: number): Promise<void> {
  const backend = await useBackend(name);
  const say = (line: string): void => {
    if (!options.json) console.log(line);
  };
  const on = backend.device ? ` on ${backend.device.name} (${backend.device.driver})` : '';
  say(`${backend.name}, ${backend.kernels}${on}; ${rounds} rounds${options.quick ? '; tiny networks of the same make' : ''}`);
  const report = (speeds: ShapeSpeeds): void => shapeLines(speeds).forEach(say);
  const shapes = measureShapes({ rounds, quick: options.quick, clock: () => performance.now(), report });
  if (options.json) console.log(JSON.stringify({ backend, rounds, quick: options.quick, shapes }, undefined, 2));
}

async function main(rounds: number): Promise<void> {
  await useBackend('wasm', { kernels: 'stock' });
  const stockKernel = tf.getKernel('BatchMatMul', 'wasm');
  if (!stockKernel) throw new Error('tfjs has no matmul for wasm.');
  tf.registerKernel({ kernelName: 'StockMatMul', backendName: 'wasm', kernelFunc: stockKernel.kernelFunc });
  const backend = await useBackend('wasm');

  const [a, b] = [drawn([512, 512]), drawn([512, 512])];
  const operations = 2 * 512 ** 3;
  const plain = { transposeA: false, transposeB: false };
  const stock: Item = {
    name: 'stock 512³',
    operations,
    run: () => tf.dispose(tf.engine().runKernel('StockMatMul', { a, b }, plain)),
  };
  const own: Item = { name: 'matmul 512³', operations, run: () => tf.dispose(tf.matMul(a, b)) };

  const say = (line: string): void => {
    if (!options.json) console.log(line);
  };
  say(`${backend.name}, ${backend.kernels}; ${rounds} rounds; ratio to tfjs's plain 512³, share of our own`);
  const plainProducts: PlainProducts = { stock, own };
  const kernels = asked('kernels') ? measure(kernelItems(), plainProducts, rounds) : [];
  for (const timing of kernels) say(lineOf(timing));
  const architectures = [
    ['bench-vit', benchVit] as const,
    ...modelRows.filter((row) => !/(32|44|56)/.test(row.id)).map((row) => [row.id, row.architecture] as const),
  ];
  const models: ModelTimings[] = [];
  const wanted = options.part === 'goals' ? architectures.filter(([name]) => shared.includes(name)) : architectures;
  for (const [name, architecture] of asked('models') || asked('goals') ? wanted : []) {
    const model = await measureModel(name, architecture, plainProducts, rounds);
    models.push(model);
    say(`\n${name}, batch ${model.batch}; ${model.liveTensors} live tensors more after the steps than before`);
    for (const timing of model.timings) say(lineOf(timing));
  }
  const goals = asked('goals') ? [...measureGoals(plainProducts, rounds), ...measureTexts(plainProducts, rounds)] : [];
  if (goals.length > 0) {
    say('\nroads that compute the same, the one taken and the plain one');
    for (const goal of goals) say(speedupLine(goal));
    say('\nsteps as a share of the speed of a plain product');
    for (const { name, timings } of models.filter((model) => shared.includes(model.name))) {
      for (const { name: kind, share } of timings.filter((timing) => timing.name.startsWith('step'))) {
        say(`  ${`${name}, ${kind}`.padEnd(52)}${share.toFixed(2).padStart(13)}`);
      }
    }
  }
  const languages = (asked('language') ? languageShapes : []).map(([name, architecture]) => {
    const speeds = measureLanguage(name, architecture, plainProducts, rounds);
    for (const line of languageLines(speeds)) say(line);
    return speeds;
  });
  if (options.json) console.log(JSON.stringify({ backend, batch, rounds, kernels, models, goals, languages }, undefined, 2));
}

const asked = (part: string): boolean => options.part === undefined || options.part === part;

function lineOf({ name, milliseconds, gigaflops, ratio, share }: Timing): string {
  const cells = [
    `${milliseconds.toFixed(2)} ms`,
    `${gigaflops.toFixed(1)} GFLOP/s`,
    `ratio ${ratio.toFixed(2)}`,
    `share ${share.toFixed(2)}`,
  ];
  return `  ${name.padEnd(42)}${cells.map((cell) => cell.padStart(15)).join('')}`;
}

/** Side of the picture, channels and outputs of 3 × 3 convolutions as the benchmark's nets have them. */
const convolutions = [[32, 16, 16], [16, 32, 32], [8, 64, 64], [28, 16, 16], [28, 1, 16], [14, 16, 32]] as const;

function kernelItems(): readonly Item[] {
  const product = (
    name: string, shapeA: readonly number[], shapeB: readonly number[], ta = false, tb = false,
  ): Item => {
    const [a, b] = [drawn(shapeA), drawn(shapeB)];
    const k = shapeA.at(ta ? -2 : -1) ?? 0;
    const size = tf.tidy(() => tf.matMul(a, b, ta, tb).size);
    return { name, operations: 2 * size * k, run: () => tf.dispose(tf.matMul(a, b, ta, tb)) };
  };
  const square = [512, 512];
  const many = [32, 64, 64];
  return [
    product('matmul 512³', square, square),
    product('matmul 512³, A transposed', square, square, true),
    product('matmul 512³, B transposed', square, square, false, true),
    product('matmul 512³, both transposed', square, square, true, true),
    product('matmul 4800×128×384', [4800, 128], [128, 384]),
    product('matmul 4800×384×128, B transposed', [4800, 384], [128, 384], false, true),
    product('batched 32 × 64³', many, many),
    product('batched 32 × 64³, A transposed', many, many, true),
    product('batched 32 × 64³, B transposed', many, many, false, true),
    product('batched 256 × 75×32×75, B transposed', [256, 75, 32], [256, 75, 32], false, true),
    product('batched 256 × 75×75×32', [256, 75, 75], [256, 75, 32]),
    attentionItem(75, 4, 32),
    ...convolutions.flatMap(([side, channels, outputs]) =>
      convolutionItems(side, channels, outputs),
    ),
  ];
}

function attentionItem(tokens: number, heads: number, size: number): Item {
  const qkv = drawn([batch, tokens, 3 * heads * size]);
  const operations = 4 * batch * heads * tokens * tokens * size;
  return {
    name: `attention ${batch}×${tokens}, ${heads} heads of ${size}`,
    operations,
    run: () => tf.dispose(attention(qkv, { heads })),
  };
}

function convolutionItems(side: number, channels: number, outputs: number): readonly Item[] {
  const x = drawn([batch, side, side, channels]);
  const filter = drawn([3, 3, channels, outputs]);
  const dy = drawn([batch, side, side, outputs]);
  const geometry = { xShape: x.shape, filterShape: filter.shape, yShape: dy.shape, stride: 1, top: 1, left: 1 };
  const operations = 2 * dy.size * 9 * channels;
  const name = `conv 3×3 ${side}² ${channels}→${outputs}`;
  const gradient = (kernel: string, inputs: Record<string, Tensor>) => (): void =>
    tf.dispose(tf.engine().runKernel(kernel, inputs, geometry));
  return [
    { name, operations, run: () => tf.dispose(conv2d(x, filter, { pad: 'same' })) },
    { name: `${name}, input gradient`, operations, run: gradient('AtlasConvolutionInputGradient', { dy, filter }) },
    { name: `${name}, filter gradient`, operations, run: gradient('AtlasConvolutionFilterGradient', { x, dy }) },
  ];
}

interface ModelTimings {
  readonly name: string;
  readonly batch: number;
  readonly timings: readonly Timing[];
  readonly liveTensors: number;
}

/**
 * A forward pass, a step of the program (prompt tokens in a transformer, an additive one on pixels elsewhere) and a
 * step of full fine-tuning, on random weights: speed does not depend on them. Operations are those really carried out.
 */
async function measureModel(
  name: string, architecture: Architecture, plainProducts: PlainProducts, rounds: number,
): Promise<ModelTimings> {
  const { input, frontEnd, outputs, width } = architecture;
  const weights = architecture.initialise(createGenerator('bench-engine'));
  const count = takesPictures(input) ? batch : clips;
  const raw = takesPictures(input)
    ? tf.tidy(() => drawn([count, input.rows, input.columns, input.channels]).abs())
    : drawn([count, input.samples], 0.5);
  const examples = frontEnd ? frontEnd.compute(raw) : raw.clone();
  const labels = tf.tensor1d(Array.from({ length: count }, (_, i) => i % outputs), 'int32');
  const prompted = architecture.kind === 'transformer' && width !== undefined;
  const program = drawn(prompted ? [1, prompts, width] : [1, ...examples.shape.slice(1)], 0.1);

  const logits = (w: Params, learnable?: Tensor): Tensor => {
    let state = architecture.embed(w, learnable && !prompted ? tf.add(examples, learnable) : examples);
    if (learnable && prompted) {
      const [first, rest] = [tf.slice(state, [0, 0, 0], [count, 1, width]), tf.slice(state, [0, 1, 0])];
      state = tf.concat([first, tf.tile(learnable, [count, 1, 1]), rest], 1);
    }
    const last = architecture.blocks.reduce((s, block) => block(w, s), state);
    return architecture.classify(w, architecture.features(w, last));
  };
  const step = (params: Params, f: (params: Params) => Tensor) => (): void =>
    tf.tidy(() => {
      valueAndGradients((p) => softmaxCrossEntropy(f(p), labels), params).value.dataSync();
    });

  const runs = {
    ...(frontEnd ? { 'front end': () => tf.tidy(() => void frontEnd.compute(raw).dataSync()) } : {}),
    forward: () => tf.tidy(() => void logits(weights).dataSync()),
    [prompted ? `step, ${prompts} prompt tokens` : 'step, additive program']: step({ program }, (p) =>
      logits(weights, p['program']),
    ),
    'step, full fine-tuning': step(weights, (p) => logits(p)),
  };
  const items: Item[] = [];
  for (const [kind, run] of Object.entries(runs)) {
    items.push({ name: kind, operations: await countOperations(run), run });
  }
  const before = tf.memory().numTensors;
  const timings = measure(items, plainProducts, rounds);
  const liveTensors = tf.memory().numTensors - before;
  tf.dispose([weights, raw, examples, labels, program]);
  return { name, batch: count, timings, liveTensors };
}

/** Operations of the matrix products and convolutions of a run (the rest is small), by the shapes its kernels saw. */
async function countOperations(run: () => void): Promise<number> {
  const { kernels } = await tf.profile(() => {
    run();
    return tf.scalar(0);
  });
  return kernels.reduce((sum, { name, inputShapes, outputShapes }) => {
    const shapes = inputShapes.map((shape) => shape ?? []);
    return sum + (operationsOf[name]?.(shapes, outputShapes[0] ?? []) ?? 0);
  }, 0);
}

type Shape = readonly number[];
const sizeOf = (shape: Shape | undefined): number => (shape ?? []).reduce((product, n) => product * n, 1);

const operationsOf: Readonly<Record<string, (inputs: readonly Shape[], output: Shape) => number>> = {
  BatchMatMul: ([a = []], y) => (2 * sizeOf(y) * sizeOf(a.slice(-2))) / (y.at(-2) ?? 1),
  AtlasLinear: ([, w = []], y) => 2 * sizeOf(y) * (w[0] ?? 0),
  AtlasConvolution: ([, filter = []], y) => (2 * sizeOf(y) * sizeOf(filter)) / (filter[3] ?? 1),
  AtlasConvolutionInputGradient: ([dy, filter = []]) => (2 * sizeOf(dy) * sizeOf(filter)) / (filter[3] ?? 1),
  AtlasConvolutionFilterGradient: ([, dy], dw) => (2 * sizeOf(dy) * sizeOf(dw)) / (dw[3] ?? 1),
  AtlasAttention: ([qkv = [], keys], y) => {
    const [, tokens = 0] = qkv;
    return 4 * sizeOf(y) * (tokens + (keys?.at(-2) ?? 0));
  },
  AtlasAttentionGradient: (inputs) => {
    const [, heads = 1, queries = 0, keys = 0] = inputs.find((shape) => shape.length === 4) ?? [];
    const [pictures = 0, , columns = 0] = inputs[0] ?? [];
    return 4 * 2 * pictures * heads * queries * keys * (columns / 3 / heads);
  },
};

if (options.help) {
  console.log(help);
} else {
  const rounds = Number(options.rounds);
  const backend = backends.find((name) => name === options.backend);
  if (!Number.isInteger(rounds) || rounds < 1 || !parts.includes(options.part)) {
    console.error(`--rounds takes a whole number of at least 1, --part takes kernels, models, goals, language or shapes.\n\n${help}`);
    process.exitCode = 2;
  } else if (!backend || (backend !== 'wasm' && options.part !== 'shapes')) {
    console.error(`--backend takes ${backends.join(', ')}, and is for --part shapes.\n\n${help}`);
    process.exitCode = 2;
  } else if (options.part === 'shapes') {
    await timeShapes(backend, rounds).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
  } else await main(rounds);
}
