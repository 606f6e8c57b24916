import { onlyPairs, reprogramPair, writtenTexts } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { writtenTricks } from './clip-prompt-ensembling.ts';
import { sentencesOf } from './sentences-of.ts';

/**
 * CuPL (Pratt et al. 2023, arXiv 2209.03320; sarahpratt/CuPL): sentences that say what a class looks like stand for it, by the
 * mean of their embeddings. There a language model wrote them; here they are written by hand.
 */
export const cupl: Method = {
  id: 'cupl',
  name: 'CuPL',
  family: 'PI',
  paper: 'pratt2023cupl',
  follows: 'paper',
  file: 'src/methods/cupl.ts',
  options: {},
  recipe: null,
  trainable: '0',
  tricks: writtenTricks,
  adapt: onlyPairs('CuPL'),
  adaptPair: (setting) =>
    reprogramPair(setting, {
      manipulations: [writtenTexts(sentencesOf(setting.wording.descriptions, 'CuPL'))],
      reading: { as: 'nearest-text' },
    }),
};
