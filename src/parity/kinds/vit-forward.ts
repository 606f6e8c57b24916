import { softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import { compareTensor } from '../compare.ts';
import type { Check, Runner } from '../types.ts';
import { disposeVitCase, vitCase } from '../vit-case.ts';

/** A ViT's states, logits and loss; the logits also with the last block that computes the class token alone. */
export const runner: Runner = async (oracle) => {
  const at = vitCase(oracle);
  const { weights } = at.model;
  const checks: Check[] = [];
  tf.tidy(() => {
    const full = at.architecture('all-tokens');
    let state = full.embed(weights, at.pictures);
    checks.push(compareTensor(oracle, 'expect.embeddings', state.clone()));
    full.blocks.forEach((block, index) => {
      state = block(weights, state);
      checks.push(compareTensor(oracle, `expect.block${index + 1}`, state.clone()));
    });
    const logits = full.classify(weights, full.features(weights, state));
    checks.push(compareTensor(oracle, 'expect.logits', logits.clone()));
    checks.push(compareTensor(oracle, 'expect.loss', softmaxCrossEntropy(logits, at.labels)));
    const short = at.architecture('class-token');
    const last = short.blocks.reduce((now, block) => block(weights, now), short.embed(weights, at.pictures));
    checks.push(compareTensor(oracle, 'expect.logits', short.classify(weights, short.features(weights, last))));
  });
  disposeVitCase(at);
  return checks;
};
