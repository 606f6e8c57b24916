import { lossesPerStep } from '../training/index.ts';
import { approaches } from './approaches.ts';
import { rowKey } from './grid.ts';
import type { CellRequest } from './types.ts';

/** Seconds that one core is expected to need, and what the expectation rests on. */
export interface CostEstimate {
  readonly seconds: number;
  readonly basis: 'measured' | 'same model measured' | 'modelled';
}

export type CostModel = (work: Work) => CostEstimate;

/** A run or a trial as far as its cost goes. */
export interface Work {
  readonly request: CellRequest;
  /** Floating-point operations of one forward pass of one picture, in millions. */
  readonly forwardMegaflops: number;
  /** Trains on cached features or logits: the network sees every picture once. */
  readonly cached: boolean;
}

/** What a core of today sustains in the network's products, in megaflops a second. */
const assumedRate = 26_000;
/** What a training step costs beside them: the optimiser, reading the loss, starting kernels. */
const stepSeconds = 0.025;
/** Reading data, drawing, counting, hashing. */
const fixedSeconds = 0.4;

/** What a run took. */
export interface Observation {
  readonly work: Work;
  readonly seconds: number;
}

/**
 * Expected seconds of a run: operations at an assumed rate, times the median of measured over expected seconds among
 * what was observed of the same row and model, else of the same model.
 */
export function learnCost(observations: readonly Observation[]): CostModel {
  const byRow = new Map<string, number[]>();
  const byModel = new Map<string, number[]>();
  for (const { work, seconds } of observations) {
    const ratio = seconds / expected(work);
    collect(byRow, costKey(work.request), ratio);
    if (isHeavy(work)) collect(byModel, work.request.modelId, ratio);
  }
  return (work) => {
    const base = expected(work);
    const own = byRow.get(costKey(work.request));
    if (own) return { seconds: base * median(own), basis: 'measured' };
    const similar = byModel.get(work.request.modelId);
    if (similar && isHeavy(work)) return { seconds: base * median(similar), basis: 'same model measured' };
    return { seconds: base, basis: 'modelled' };
  };
}

function costKey(request: CellRequest): string {
  return `${rowKey(request.methodId, request.options, request.control)}@${request.modelId}`;
}

/** The network runs forward and backward in every step. */
function isHeavy({ request, cached }: Work): boolean {
  return request.epochs > 0 && !cached;
}

/**
 * Passes of a step through the network: forward counts one, backward one more; where the gradient is estimated, one
 * forward for each loss.
 */
function passesOf({ methodId, options }: CellRequest): number {
  const gradient = approaches.find(({ id }) => id === methodId)?.recipe?.gradient?.(options);
  return gradient ? lossesPerStep(gradient) : 2;
}

/** The steps' passes through the frozen network, then one pass to test. */
function expected(work: Work): number {
  const { split, epochs, batch } = work.request;
  const { train, test } = split;
  const once = fixedSeconds + ((train + test) * work.forwardMegaflops) / assumedRate;
  if (!isHeavy(work)) return once;
  return once + epochs * ((passesOf(work.request) * train * work.forwardMegaflops) / assumedRate + Math.ceil(train / batch) * stepSeconds);
}

function collect(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
}
