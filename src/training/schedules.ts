import { cosine, integerPower } from '../random/index.ts';

/** The learning rate of step `step` = 0, 1, … */
export type Schedule = (step: number) => number;

/** Whether a schedule moves with every step (default) or with every epoch, being constant within it. */
export interface Pace {
  readonly per?: 'step' | 'epoch';
}

/**
 * A schedule as data. k counts steps or epochs from 0 (see {@link Pace}), T is their total, r the base rate;
 * `warmUp` and `milestones` are parts of T in [0, 1].
 */
export type ScheduleSpec = Pace &
  (
    | { readonly name: 'constant' }
    /** r/2 · (1 + cos(πk/T)). Source: `torch.optim.lr_scheduler.CosineAnnealingLR`. */
    | { readonly name: 'cosine' }
    /** r times `factor` for every milestone ⌊part · T⌋ ≤ k. Source: `MultiStepLR`. */
    | { readonly name: 'multistep'; readonly milestones: readonly number[]; readonly factor: number }
    /** r · factor^k. Source: `ExponentialLR`. */
    | { readonly name: 'exponential'; readonly factor: number }
    /** r · factor^⌊k/every⌋. Source: `StepLR`. */
    | { readonly name: 'step'; readonly every: number; readonly factor: number }
    /** rk/w for k < w = round(warmUp · T), then r/2 · (1 + cos(π(k − w)/(T − w))). */
    | { readonly name: 'linear-warm-up-cosine'; readonly warmUp: number }
    /** rk/w for k < w = round(warmUp · T), then r(T − k)/(T − w). */
    | { readonly name: 'linear-warm-up-linear'; readonly warmUp: number }
    /** `first` for k = 0, then the cosine as counted from k = 0. Source: KaiyangZhou/CoOp, `ConstantWarmupScheduler`. */
    | { readonly name: 'constant-first-cosine'; readonly first: number }
    /**
     * From r/`divide` up to r at 0.3 T − 1, then down to r/(`divide` · `finalDivide`) at T − 1, both by half cosines.
     * Source: `OneCycleLR` with its defaults (25 and 10⁴).
     */
    | {
        readonly name: 'one-cycle';
        readonly rise?: number;
        readonly divide?: number;
        readonly finalDivide?: number;
      }
  );

/** The names of the schedules. */
export type ScheduleName = ScheduleSpec['name'];

/** What a schedule is laid over. */
export interface Course {
  /** The base rate r; for `one-cycle` the largest rate. */
  readonly base: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps of an epoch; needed where the spec moves `per: 'epoch'`. */
  readonly stepsPerEpoch?: number;
}

type SpecOf<Name extends ScheduleName> = Extract<ScheduleSpec, { readonly name: Name }>;

/** The multiplier of the base rate at k of `total`; `base` is there for rules that state rates, not multipliers. */
type Rule<Name extends ScheduleName> = (spec: SpecOf<Name>, total: number, base: number) => (k: number) => number;

/** (1 + cos(π·part))/2: from 1 at part = 0 to 0 at part = 1. */
const halfCosine = (part: number): number => (1 + cosine(Math.PI * part)) / 2;

const rules: { readonly [Name in ScheduleName]: Rule<Name> } = {
  constant: () => () => 1,
  cosine: (_, total) => (k) => halfCosine(k / total),
  multistep: ({ milestones, factor }, total) => {
    const at = milestones.map((part) => Math.floor(part * total));
    return (k) => integerPower(factor, at.filter((milestone) => milestone <= k).length);
  },
  exponential: ({ factor }) => (k) => integerPower(factor, k),
  step: ({ every, factor }) => (k) => integerPower(factor, Math.floor(k / every)),
  'linear-warm-up-cosine': ({ warmUp }, total) => {
    const rise = Math.round(warmUp * total);
    return (k) => (k < rise ? k / rise : halfCosine((k - rise) / (total - rise)));
  },
  'linear-warm-up-linear': ({ warmUp }, total) => {
    const rise = Math.round(warmUp * total);
    return (k) => (k < rise ? k / rise : (total - k) / (total - rise));
  },
  'constant-first-cosine': ({ first }, total, base) => (k) => (k === 0 ? first / base : halfCosine(k / total)),
  'one-cycle': ({ rise = 0.3, divide = 25, finalDivide = 1e4 }, total) => {
    const top = rise * total - 1;
    const start = 1 / divide;
    const end = start / finalDivide;
    return (k) =>
      k <= top
        ? 1 + (start - 1) * halfCosine(k / top)
        : end + (1 - end) * halfCosine((k - top) / (total - 1 - top));
  },
};

/**
 * The schedule that a spec describes over a course. Rates are IEEE arithmetic alone, so the same in every engine.
 * @throws a `RangeError` when the course has no step, or a spec per epoch isn't given a whole number of steps an epoch;
 * the schedule throws for a step outside [0, steps).
 */
export function schedule(spec: ScheduleSpec, course: Course): Schedule {
  const { base, steps } = course;
  if (!(Number.isInteger(steps) && steps > 0)) {
    throw new RangeError(`schedule '${spec.name}': the course must have a whole number of steps above 0, not ${steps}`);
  }
  const unit = spec.per === 'epoch' ? course.stepsPerEpoch : 1;
  if (unit === undefined || !(Number.isInteger(unit) && unit > 0)) {
    throw new RangeError(`schedule '${spec.name}' moves per epoch and needs the steps of an epoch, not ${unit}`);
  }
  const multiplier = multiplierOf(spec, Math.ceil(steps / unit), base);
  return (step) => {
    if (!(step >= 0 && step < steps)) {
      throw new RangeError(`schedule '${spec.name}': step ${step} is outside its course of ${steps} steps`);
    }
    return base * multiplier(Math.floor(step / unit));
  };
}

function multiplierOf(spec: ScheduleSpec, total: number, base: number): (k: number) => number {
  const rule: (spec: never, total: number, base: number) => (k: number) => number = rules[spec.name];
  return rule(spec as never, total, base);
}
