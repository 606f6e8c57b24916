import type { LabelMap } from '../reprogramming/index.ts';
import { encodeBits, sealRecord, shortHash } from '../results/index.ts';
import type { Drawn, RunRecord } from '../results/index.ts';
import { countNumbers, digestParams, disposeParams } from '../tensor/index.ts';
import { Diverged } from '../training/index.ts';
import type { Outcome } from './adapt-to-task.ts';
import { adaptWithRewind } from './adapt-with-rewind.ts';
import { checkFrozen, commonRecord, costOfRun, divergedRecord, stepsOfCourse } from './common-record.ts';
import { isLanguageModel } from './language/prepare-language-run.ts';
import { runLanguageCell, runLanguageTrial } from './language/run-language-cell.ts';
import { measure } from './measure.ts';
import { prepareRun, releaseRun } from './prepare-run.ts';
import type { Prepared } from './prepare-run.ts';
import { specOf } from './spec-of.ts';
import type { CellContext, CellRequest, TrialAnswer, TrialRequest } from './types.ts';

/**
 * One trial of a learning-rate search: trains on the tuning draw without its held-out part and measures accuracy (0–1) on
 * that part; `null` where training diverged.
 */
export async function runTrial(request: TrialRequest, context: CellContext): Promise<TrialAnswer> {
  if (isLanguageModel(request.modelId)) return runLanguageTrial(request, context);
  const prepared = await prepareRun(request, context, request.heldOut);
  try {
    const outcome = await adaptWithRewind(prepared);
    const { metrics } = await measure({ ...prepared, adapted: outcome.adapted }, outcome);
    disposeParams(outcome.params);
    return { value: metrics[0].value };
  } catch (error) {
    if (error instanceof Diverged) return { value: null };
    throw error;
  } finally {
    releaseRun(prepared);
  }
}

/** The map as the source class of each target, where every target has exactly one; else `null`. */
function oneToOne(map: LabelMap): number[] | null {
  const assigned: number[] = [];
  for (let target = 0; target < map.targets; target++) {
    const sources: number[] = [];
    for (let source = 0; source < map.sources; source++) {
      if (map.weights[source * map.targets + target] !== 0) sources.push(source);
    }
    const [only, ...more] = sources;
    if (only === undefined || more.length > 0 || map.weights[only * map.targets + target] !== 1) return null;
    assigned.push(only);
  }
  return assigned;
}

function drawnOf({ drawing }: Prepared, { labelMap }: Outcome): Drawn {
  return {
    splitDigest: drawing.digest,
    map: labelMap ? oneToOne(labelMap) : null,
    mapDigest: labelMap ? shortHash([...labelMap.weights]) : null,
  };
}

/** What was trained: everything, or, where no step was taken and nothing settled, the linear alignment fitted to the outputs. */
function trainedParts({ adapted }: Prepared, { params, steps }: Outcome): { count: number; names: readonly string[] } {
  const names = Object.keys(params).sort();
  if (steps > 0 || adapted.settle) return { count: adapted.trainable, names };
  const fitted = names.filter((name) => name.startsWith('alignment.'));
  return { count: fitted.reduce((sum, name) => sum + (params[name]?.size ?? 0), 0), names: fitted };
}

/**
 * Runs one seed of one cell, from request to record. The frozen weights' digest is taken before and after, and a run that
 * changed them is an error. The result is that of the last epoch; the test pictures are looked at once. A training that
 * diverges gives a record of status `failed`.
 */
export async function runCell(request: CellRequest, context: CellContext): Promise<RunRecord> {
  if (isLanguageModel(request.modelId)) return runLanguageCell(request, context);
  const { clock } = context;
  const startedAt = clock();
  const prepared = await prepareRun(request, context, null);
  const { model } = prepared;
  try {
    const frozenBefore = digestParams(model.weights);
    const preparedAt = clock();
    const outcome = await adaptWithRewind(prepared);
    const last = { ...prepared, adapted: outcome.adapted };
    const trainedAt = clock();
    const { predictions, correct, metrics } = await measure(last, outcome);
    const measuredAt = clock();
    const frozenAfter = digestParams(model.weights);
    checkFrozen(request.methodId, model.id, frozenBefore, frozenAfter);
    const trained = trainedParts(last, outcome);
    const record = sealRecord({
      ...commonRecord(specOf(prepared, outcome.steps), request.seed, context),
      drawn: drawnOf(prepared, outcome),
      params: {
        trainable: trained.count,
        total: countNumbers(model.weights) + last.adapted.trainable,
        names: trained.names,
      },
      result: {
        metrics: metrics.map((metric) => ({ ...metric, split: 'test' as const })),
        correct: encodeBits(correct),
        predictionsDigest: shortHash([...predictions]),
        trainedDigest: trained.names.length > 0 ? digestParams(outcome.params) : null,
        frozenBefore,
        frozenAfter,
        curve: outcome.curve.map(({ epoch, loss }) => ({ epoch, loss })),
      },
      cost: costOfRun({ startedAt, preparedAt, trainedAt, measuredAt, endedAt: clock() }, outcome),
      status: 'done',
    });
    disposeParams(outcome.params);
    return record;
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    const spec = specOf(prepared, stepsOfCourse(prepared.drawing.train.labels.length, request));
    return divergedRecord(spec, request.seed, context, error);
  } finally {
    releaseRun(prepared);
  }
}
