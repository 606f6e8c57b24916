import { takesPictures } from '../../src/models/index.ts';
import type { FrozenModel, ModelInput } from '../../src/models/index.ts';
import type { Adapted, Options } from '../../src/reprogramming/index.ts';
import { countNumbers } from '../../src/tensor/index.ts';

export interface FormulaSetting {
  readonly targets: number;
  /** Values of a series, where the task holds series. */
  readonly seriesLength?: number;
}

/** Channels, rows and columns of what a program fills; sound and what the front end makes of it have one channel. */
function canvasOf(input: ModelInput, frames: readonly [number, number] | undefined, { on }: Options): { c: number; h: number; w: number } {
  if (takesPictures(input)) return { c: input.channels, h: input.rows, w: input.columns };
  const [h, w] = on === 'spectrogram' && frames ? frames : [1, input.samples];
  return { c: 1, h, w };
}

/** How many places of the picture a prompt of VP covers: a corner, a frame, or all of them. */
function promptPlaces({ h, w }: { h: number; w: number }, { shape, width }: Options): number {
  const p = Number(width ?? 0);
  if (shape === 'whole') return h * w;
  return shape === 'fixed-patch' ? p * p : h * w - (h - 2 * p) * (w - 2 * p);
}

/** The values of the letters in the entries' formulas, from the model and the setting alone. */
export function formulaLetters(model: FrozenModel, adapted: Adapted, options: Options, { targets, seriesLength = 0 }: FormulaSetting): Record<string, number> {
  const { input, frontEnd, featureWidth, outputs, classifierWeights } = model.architecture;
  const old = classifierWeights.reduce((sum, name) => sum + (model.weights[name]?.size ?? 0), 0);
  const canvas = canvasOf(input, frontEnd?.shape, options);
  const frame = 'size' in adapted.fit && options['program'] !== 'additive' ? adapted.fit.size : 0;
  return {
    ...canvas,
    s: frame,
    e: options['program'] === 'none' ? canvas.h * canvas.w : frame * frame,
    l: seriesLength,
    u: options['variant'] === 'code' ? 0 : Number(options['repeats'] ?? 0),
    a: promptPlaces(canvas, options),
    m: outputs,
    k: targets,
    d: featureWidth,
    v: featureWidth,
    p: Number(options['tokens'] ?? options['width'] ?? 0),
    t: adapted.alignment.kind === 'linear' ? 1 : 0,
    q: Number(options['keyValues'] ?? options['queries'] ?? 0),
    f: model.weights['blocks.0.mlp.out.weight']?.shape[0] ?? 0,
    r: Number(options['rank'] ?? 0),
    L: model.architecture.blocks.length,
    n: Object.entries(model.weights)
      .filter(([name]) => /\.(bias|shift)$/.test(name) && !classifierWeights.includes(name))
      .reduce((sum, [, { size }]) => sum + size, 0),
    g: Object.entries(model.weights).reduce((sum, [name, { size }]) => sum + (/(^|\.)norm\d*\.(gain|shift)$/.test(name) ? size : 0), 0),
    b: countNumbers(model.weights) - old,
  };
}
