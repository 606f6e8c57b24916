import { encodeBits, sealRecord, shortHash } from '../../results/index.ts';
import type { RunRecord } from '../../results/index.ts';
import { countNumbers, digestParams, disposeParams } from '../../tensor/index.ts';
import { Diverged } from '../../training/index.ts';
import { checkFrozen, commonRecord, costOfRun, divergedRecord, stepsOfCourse } from '../common-record.ts';
import type { CellContext, CellRequest, TrialAnswer, TrialRequest } from '../types.ts';
import { adaptLanguage } from './adapt-language.ts';
import { languageSpecOf } from './language-spec.ts';
import { measureLanguage } from './measure-language.ts';
import { prepareLanguageRun, releaseLanguageRun } from './prepare-language-run.ts';

/** One trial of a learning-rate search, as `runTrial`. */
export async function runLanguageTrial(request: TrialRequest, context: CellContext): Promise<TrialAnswer> {
  const prepared = await prepareLanguageRun(request, context, request.heldOut);
  try {
    const { params } = await adaptLanguage(prepared);
    const { shares } = measureLanguage(prepared, params);
    disposeParams(params);
    return { value: shares[0]?.[1] ?? null };
  } catch (error) {
    if (error instanceof Diverged) return { value: null };
    throw error;
  } finally {
    releaseLanguageRun(prepared);
  }
}

/** Runs one seed of one cell on a language model, as `runCell`. */
export async function runLanguageCell(request: CellRequest, context: CellContext): Promise<RunRecord> {
  const { clock } = context;
  const startedAt = clock();
  const prepared = await prepareLanguageRun(request, context, null);
  const { model, adapted, measured } = prepared;
  try {
    const frozenBefore = digestParams(model.weights);
    const preparedAt = clock();
    const outcome = await adaptLanguage(prepared);
    const trainedAt = clock();
    const { predictions, correct, shares, exemplars } = measureLanguage(prepared, outcome.params);
    const measuredAt = clock();
    const frozenAfter = digestParams(model.weights);
    checkFrozen(request.methodId, model.id, frozenBefore, frozenAfter);
    const names = outcome.steps > 0 ? Object.keys(outcome.params).sort() : [];
    const record = sealRecord({
      ...commonRecord(languageSpecOf(prepared, outcome.steps), request.seed, context),
      drawn: {
        splitDigest: prepared.digest,
        map: null,
        mapDigest: null,
        asking: { wording: prepared.asking.number, order: prepared.asking.order },
        ...(exemplars ? { exemplars: [...exemplars] } : {}),
      },
      params: {
        trainable: outcome.steps > 0 ? adapted.trainable : 0,
        total: countNumbers(model.weights) + adapted.trainable,
        names,
      },
      result: {
        metrics: shares.map(([name, value]) => ({ name, split: 'test' as const, value, n: measured.length })),
        correct: encodeBits(correct),
        predictionsDigest: shortHash([...predictions]),
        trainedDigest: names.length > 0 ? digestParams(outcome.params) : null,
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
    const spec = languageSpecOf(prepared, stepsOfCourse(prepared.train.length, request));
    return divergedRecord(spec, request.seed, context, error);
  } finally {
    releaseLanguageRun(prepared);
  }
}
