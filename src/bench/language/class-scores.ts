import { softmaxRows } from '../../reprogramming/index.ts';
import type { Rows } from '../../reprogramming/index.ts';
import { naturalLog } from '../../random/index.ts';
import type { Question } from '../../tasks/index.ts';
import type { Demonstrations } from './demonstrations.ts';
import { tokensOf } from './prepare-language-run.ts';
import type { Drawn, PreparedLanguage } from './prepare-language-run.ts';
import { promptOf, withTrigger } from './prompts.ts';
import { nextTokenDistributions, scoreChoices } from './read-batch.ts';
import type { Measured } from './read-batch.ts';

/**
 * The tokens that a class is recognised by: of a method that is trained or searched, the first of its words, which it was
 * trained on; else all of them, as lm-evaluation-harness has it.
 */
export function choicesOf({ method }: Pick<PreparedLanguage, 'method'>, classTokens: Rows): Rows {
  return method.recipe === null ? classTokens : classTokens.map((tokens) => tokens.slice(0, 1));
}

/** p(class) divided by p(class | a question without content), both among the classes, for each question. */
export function calibrated(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations, scores: Float32Array, trigger: readonly number[]): Float32Array {
  const { classTokens, asking, model } = prepared;
  const { contentFree } = asking.wording;
  if (!classTokens || contentFree === undefined) {
    throw new RangeError(`Calibration needs classes and a question without content; ${prepared.task.id} names none.`);
  }
  const empty = prepared.measured.map((asked) => withTrigger(prepared, trigger, tokensOf(model, promptOf(prepared, contentFree, shown.of(asked)))));
  const classes = classTokens.length;
  const own = softmaxRows(scores, classes);
  const without = softmaxRows(scoreChoices(measured, empty, classTokens), classes);
  return Float32Array.from(own, (p, at) => p / Math.max(without[at] ?? 0, 1e-12));
}

/** Natural logarithms; of what is 0, or nearly, that of 1e-30. */
const logarithms = (probabilities: Float32Array): Float64Array => Float64Array.from(probabilities, (p) => naturalLog(Math.max(p, 1e-30)));

/** For each question how many of its nearest anchors, by KL(anchor's distribution ‖ its own), are of each class. */
export function neighbourVotes(prepared: PreparedLanguage, measured: Measured, shown: Demonstrations, rows: Rows, neighbours: number): Float32Array {
  const { task, model } = prepared;
  const { vocabulary } = model.architecture;
  const classes = task.classes.length;
  const votes = new Float32Array(prepared.measured.length * classes);
  const own = nextTokenDistributions(measured, rows);
  const anchorsOf = (asked: Drawn): readonly Question[] => shown.restOf(asked);
  const rowOfAnchor = (asked: Drawn, anchor: Question): readonly number[] => tokensOf(model, promptOf(prepared, anchor.question, shown.of(asked)));
  const shared = shown.shared !== null;
  const [first] = prepared.measured;
  const all = shared && first ? nextTokenDistributions(measured, anchorsOf(first).map((anchor) => rowOfAnchor(first, anchor))) : null;
  const flat = all ? null : prepared.measured.flatMap((asked) => anchorsOf(asked).map((anchor) => rowOfAnchor(asked, anchor)));
  const apart = flat ? nextTokenDistributions(measured, flat) : null;
  const table = apart ?? all ?? new Float32Array();
  const [logs, ownLogs] = [logarithms(table), logarithms(own)];
  let behind = 0;
  prepared.measured.forEach((asked, at) => {
    const anchors = anchorsOf(asked);
    if (anchors.length === 0) throw new RangeError('kNN prompting has no anchors: all answered questions are demonstrations.');
    const distances = anchors.map((_, anchor) => {
      const from = apart ? (behind + anchor) * vocabulary : anchor * vocabulary;
      let sum = 0;
      for (let token = 0; token < vocabulary; token += 1) {
        const p = table[from + token] ?? 0;
        if (p > 0) sum += p * ((logs[from + token] ?? 0) - (ownLogs[at * vocabulary + token] ?? 0));
      }
      return sum;
    });
    behind += anchors.length;
    const nearest = [...anchors.keys()].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b).slice(0, neighbours);
    nearest.forEach((anchor, rank) => {
      const k = task.classes.indexOf(anchors[anchor]?.answer ?? '');
      const before = votes[at * classes + k] ?? 0;
      // of classes with equal votes the one of the nearest anchor: its first vote brings a share of one that no count reaches
      if (k >= 0) votes[at * classes + k] = before + 1 + (before === 0 ? (nearest.length - rank) / (2 * nearest.length) : 0);
    });
  });
  return votes;
}
