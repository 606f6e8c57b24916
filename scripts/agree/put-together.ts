import { join } from 'node:path';
import { compareAttempts, countOf, course, judge, nudge } from '../../src/bench/index.ts';
import type { Attempt, Bounds, Differences, Trial } from '../../src/bench/index.ts';
import { foundBackendSchema, toleranceFactors } from '../../src/results/index.ts';
import type { Agreement, AgreementBackend, MethodOnBackend, ParityOnBackend } from '../../src/results/index.ts';
import { nudgedPart, parityPart } from './order.ts';
import type { Tried } from './run-backend.ts';
import { readIfGood, readPart } from './stored-part.ts';
import type { FoundBackend, ParityCase, StoredPart } from './stored-part.ts';

/** Within which methods agree where a back-end may use its tolerance once. */
export const bounds: Bounds = { losses: 1e-4, outputs: 1e-4, equal: 0.9 };

/** Everything that was asked for. */
export interface Plan {
  readonly kinds: readonly string[];
  readonly trials: readonly Trial[];
}

/** A back-end with what became of it and the folder of its parts. */
export interface Part {
  readonly name: string;
  readonly folder: string;
  readonly tried: Tried;
}

const factorOf = (name: string): number => toleranceFactors[name] ?? 1;
const notTried: Extract<StoredPart['result'], { as: 'failed' }> = { as: 'failed', reason: 'It was not tried.', lacking: false };
const resultOf = (folder: string, part: string): StoredPart['result'] => readPart(folder, part)?.result ?? notTried;
const secondsOf = (folder: string, part: string): number => rounded(readPart(folder, part)?.seconds ?? 0);
const rounded = (seconds: number): number => Math.round(seconds * 100) / 100;

function backendOf({ name, folder, tried }: Part, { kinds, trials }: Plan): AgreementBackend {
  if (!tried.tried) return { name, status: 'missing', reason: tried.reason };
  const found: FoundBackend | undefined = readIfGood(join(folder, 'backend.json'), foundBackendSchema);
  if (!found) return { name, status: 'missing', reason: 'It left no account of itself.' };
  const parts = [...kinds.map(parityPart), ...trials.map(({ id }) => id)];
  const seconds = rounded(parts.reduce((sum, part) => sum + secondsOf(folder, part), 0));
  return { name, status: 'tried', ...found, toleranceFactor: factorOf(name), seconds };
}

/** How many times of its tolerance a case needs; infinite where that is no number. */
const need = ({ factor }: ParityCase): number => factor ?? Infinity;

function kindOn(kind: string, { name, folder }: Part): ParityOnBackend {
  const part = parityPart(kind);
  const result = resultOf(folder, part);
  const seconds = secondsOf(folder, part);
  if (result.as !== 'parity') {
    return { backend: name, cases: 0, passed: 0, worst: null, reason: result.as === 'failed' ? result.reason : null, seconds };
  }
  const [first, ...others] = result.cases;
  const worst = first && others.reduce((most, each) => (need(each) > need(most) ? each : most), first);
  return {
    backend: name,
    cases: result.cases.length,
    passed: result.cases.filter((each) => each.reason === null && need(each) <= factorOf(name)).length,
    worst: worst && worst.tensor !== '' ? { case: worst.id, tensor: worst.tensor, factor: worst.factor } : null,
    reason: result.cases.find(({ reason }) => reason !== null)?.reason ?? null,
    seconds,
  };
}

function methodOn(trial: Trial, reference: Attempt, nudged: Differences | undefined, { name, folder }: Part): MethodOnBackend {
  const result = resultOf(folder, trial.id);
  if (result.as !== 'attempt') {
    return { backend: name, status: 'failed', reason: result.as === 'failed' ? result.reason : notTried.reason };
  }
  const { attempt } = result;
  if (attempt.modelId !== reference.modelId || attempt.taskId !== reference.taskId) {
    return { backend: name, status: 'failed', reason: `It refused ${reference.taskId} and ran on ${attempt.taskId}.` };
  }
  const differences = compareAttempts(reference, attempt);
  return {
    backend: name,
    status: 'compared',
    ...differences,
    verdict: judge(differences, bounds, factorOf(name), nudged),
    seconds: secondsOf(folder, trial.id),
  };
}

function shownNudge(nudged: Differences | undefined): Pick<Agreement['methods'][number], 'nudged'> {
  if (!nudged) return {};
  const { losses, outputs, equal } = nudged;
  return { nudged: { ...(losses === undefined ? {} : { losses }), ...(outputs === undefined ? {} : { outputs }), equal } };
}

/** The account of what the back-ends left in their folders; the first is the one that methods are compared with. */
export function putTogether(plan: Plan, backends: readonly [Part, ...Part[]], created: string): Agreement {
  const [reference, ...others] = backends;
  const here = backends.filter(({ tried }) => tried.tried);
  const tried: Agreement['methods'] = [];
  const lacking: Agreement['lacking'] = [];
  for (const trial of plan.trials) {
    const { id, methodId: method, road } = trial;
    const result = resultOf(reference.folder, id);
    if (result.as !== 'attempt') {
      lacking.push({ id, method, road, reason: result.as === 'failed' ? result.reason : notTried.reason });
      continue;
    }
    const second = resultOf(reference.folder, nudgedPart(id));
    const nudged = second.as === 'attempt' ? compareAttempts(result.attempt, second.attempt) : undefined;
    const { modelId: model, taskId: task, steps, learningRate } = result.attempt;
    const on = others.filter((each) => here.includes(each)).map((each) => methodOn(trial, result.attempt, nudged, each));
    tried.push({ id, method, road, model, task, steps, learningRate, numbers: countOf(result.attempt), seconds: secondsOf(reference.folder, id), ...shownNudge(nudged), on });
  }
  return {
    version: 1,
    created,
    reference: reference.name,
    draw: { ...course.split, batch: course.batch, epochs: course.epochs, seed: course.seed },
    nudge,
    bounds: { ...bounds },
    backends: backends.map((each) => backendOf(each, plan)),
    parity: plan.kinds.map((kind) => ({ kind, on: here.map((each) => kindOn(kind, each)) })),
    methods: tried,
    lacking,
  };
}
