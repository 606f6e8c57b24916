import { canonicalJson, shortHash } from '../results/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Prepared } from './prepare-run.ts';

const evaluationBatch = 250;

/** Outputs of a frozen model that nothing learnable stands in front of, by model, draw and reading. */
const fixedOutputs = boundedCache<Float32Array>(96);

/** `first` for the examples, `rest` for every other axis. */
const rowsFrom = ({ rank }: Tensor, first: number, rest = 0): number[] => [first, ...Array.from({ length: rank - 1 }, () => rest)];

function computeOutputs({ adapted, drawing, report }: Prepared, params: Params, part: 'train' | 'measured'): Float32Array {
  const { x, labels } = drawing[part];
  const values = new Float32Array(labels.length * adapted.outputWidth);
  for (let start = 0; start < labels.length; start += evaluationBatch) {
    const count = Math.min(evaluationBatch, labels.length - start);
    const outputs = tf.tidy(() => adapted.outputs(params, tf.slice(x, rowsFrom(x, start), rowsFrom(x, count, -1))));
    values.set(outputs.dataSync(), start * adapted.outputWidth);
    outputs.dispose();
    report?.({ stage: 'evaluate', done: start + count, total: labels.length });
  }
  return values;
}

/** Equal keys mean equal outputs: a frozen model without learnable manipulation, read alike, on the same examples. */
function outputsKey({ method, options, model, task, adapted, drawing, networks }: Prepared, part: 'train' | 'measured'): string {
  const { alignment, taxonomy } = adapted;
  const isManipulated = taxonomy !== null && taxonomy.location.length > 0;
  return shortHash({
    model: model.digest,
    manipulated: isManipulated && adapted.outputsAre === undefined ? { method: method.id, options } : false,
    reads: adapted.outputsAre ?? (alignment.kind === 'linear' ? alignment.reads : 'outputs'),
    networks: adapted.outputsAre === undefined ? networks : [],
    fit: canonicalJson(adapted.fit),
    task: task.digest,
    draw: drawing.digest,
    part,
  });
}

/**
 * What the alignment reads, for all examples of a part: `[count, outputWidth]` row-major. Where training changes nothing
 * before the alignment, the same outputs are computed once and remembered; the caller must not write to them.
 */
export async function outputsOf(prepared: Prepared, params: Params, part: 'train' | 'measured'): Promise<Float32Array> {
  const compute = async (): Promise<Float32Array> => computeOutputs(prepared, params, part);
  return prepared.adapted.outputsAreFixed ? fixedOutputs.get(outputsKey(prepared, part), compute) : compute();
}
