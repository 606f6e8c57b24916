import type { Agreement, MethodOnBackend, TriedBackend } from '../../results/index.ts';

/** A relative difference as people read it: in per cent, with two figures. */
export function plainDifference(difference: number | null | undefined): string {
  if (difference === undefined) return '–';
  if (difference === null) return 'no number';
  if (difference === 0) return 'equal';
  const percent = difference * 100;
  return percent < 0.0001 ? '< 0.0001 %' : `${plainNumber(percent)} %`;
}

/** An error as a multiple of its tolerance, with two figures. */
export function plainFactor(factor: number | null): string {
  if (factor === null) return 'no number';
  if (factor === 0) return 'no error';
  return factor < 0.01 ? '< 0.01 ×' : `${plainNumber(factor)} ×`;
}

/** Two figures, without a power of ten. */
function plainNumber(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  const digits = Math.max(0, 1 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(digits, 6));
}

/** Seconds of a method or of a whole back-end. */
export function plainSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** What a back-end computes on: its device, or the processor. */
export function computesOn({ device, cpu }: TriedBackend): string {
  return device ? [device.name || device.architecture || device.vendor, device.driver].filter(Boolean).join(', ') : cpu;
}

type Compared = Extract<MethodOnBackend, { status: 'compared' }>;

/** One back-end against the reference, over all that was tried. */
export interface Summary {
  readonly backend: TriedBackend;
  readonly isReference: boolean;
  readonly cases: number;
  readonly casesPassed: number;
  /** The largest error of all stored cases, in tolerances; null where one is no number. */
  readonly worstFactor: number | null;
  readonly methods: number;
  readonly methodsAgree: number;
  /** Those that differ, but no farther than rounding carries the reference itself. */
  readonly methodsUnsettled: number;
  readonly losses: number | null;
  /** The same of the methods that agree alone. */
  readonly agreeingLosses: number | null;
  readonly outputs: number | null;
  readonly equal: number;
  readonly of: number;
}

/** The largest, where null is larger than any number; 0 of none. */
function largest(values: readonly (number | null | undefined)[]): number | null {
  const there = values.filter((value) => value !== undefined);
  return there.includes(null) ? null : Math.max(0, ...there.map((value) => value ?? 0));
}

/** What the back-ends came to, in the order of the file. */
export function summaries({ backends, reference, parity, methods }: Agreement): readonly Summary[] {
  return backends.flatMap((backend) => {
    if (backend.status !== 'tried') return [];
    const cases = parity.flatMap(({ on }) => on.filter((each) => each.backend === backend.name));
    const tried = methods.flatMap(({ on }) => on.filter((each) => each.backend === backend.name));
    const compared = tried.filter((each): each is Compared => each.status === 'compared');
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
    return [
      {
        backend,
        isReference: backend.name === reference,
        cases: sum(cases.map((each) => each.cases)),
        casesPassed: sum(cases.map((each) => each.passed)),
        worstFactor: largest(cases.map(({ worst }) => worst?.factor)),
        methods: tried.length,
        methodsAgree: compared.filter((each) => each.verdict === 'agrees').length,
        methodsUnsettled: compared.filter((each) => each.verdict === 'unsettled').length,
        losses: largest(compared.filter((each) => each.verdict !== 'unsettled').map((each) => each.losses)),
        agreeingLosses: largest(compared.filter((each) => each.verdict === 'agrees').map((each) => each.losses)),
        outputs: largest(compared.filter((each) => each.verdict !== 'unsettled').map((each) => each.outputs)),
        equal: sum(compared.map((each) => each.equal)),
        of: sum(compared.map((each) => each.of)),
      },
    ];
  });
}

const all = (part: number, whole: number): string => (part === whole ? `all ${whole.toLocaleString('en')}` : `${part.toLocaleString('en')} of ${whole.toLocaleString('en')}`);

/** What a back-end came to as a sentence or two. */
export function inWords({ backend, isReference, cases, casesPassed, worstFactor, methods, methodsAgree, methodsUnsettled, losses, agreeingLosses, equal, of }: Summary, reference: string): string {
  const { toleranceFactor } = backend;
  const allowed = toleranceFactor === 1 ? 'their stated tolerances' : `${toleranceFactor} × their stated tolerances`;
  const stored =
    cases === 0 ? '' : `${all(casesPassed, cases)} stored cases are within ${allowed}; the largest error is ${worstFactor === null ? 'no number' : plainFactor(worstFactor)} its tolerance.`;
  if (isReference || methods === 0) return stored;
  const apart = agreeingLosses === 0 ? 'their losses are equal in every bit' : `their losses are at most ${plainDifference(agreeingLosses)} apart`;
  const unsettled = methodsUnsettled === 0 ? '' : `; in ${methodsUnsettled} rounding grows so fast that nothing can be told`;
  const disagree = methods - methodsAgree - methodsUnsettled;
  return (
    `${stored} Over ten steps ${all(methodsAgree, methods)} methods agree with ${reference}: ${apart}${unsettled}` +
    `${disagree === 0 ? '' : `; ${disagree} disagree, with losses up to ${plainDifference(losses)} apart`}. Of all answers ${all(equal, of)} are equal.`
  ).trim();
}

/** A loss difference to sort by: what failed or is no number first. */
const farthest = (on: readonly MethodOnBackend[]): number =>
  Math.max(0, ...on.map((each) => (each.status === 'failed' || each.losses === null ? Infinity : Math.max(each.losses ?? 0, each.outputs ?? 0))));

/** Methods, the farthest apart first; equal ones by name. */
export const methodsByDifference = ({ methods }: Agreement): Agreement['methods'] =>
  methods.toSorted((a, b) => (farthest(a.on) === farthest(b.on) ? a.id.localeCompare(b.id) : farthest(b.on) - farthest(a.on)));

/** Kinds of stored cases, the one that uses most of its allowance first. */
export function kindsByFactor({ parity, backends }: Agreement): Agreement['parity'] {
  const allowed = new Map(backends.map((each) => [each.name, each.status === 'tried' ? each.toleranceFactor : 1]));
  const used = ({ on }: Agreement['parity'][number]): number =>
    Math.max(0, ...on.map(({ backend, worst }) => (worst ? (worst.factor ?? Infinity) / (allowed.get(backend) ?? 1) : 0)));
  return parity.toSorted((a, b) => (used(a) === used(b) ? a.kind.localeCompare(b.kind) : used(b) - used(a)));
}
