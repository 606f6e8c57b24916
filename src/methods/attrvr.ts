import { takesPictures } from '../models/index.ts';
import { countOption, onImage, onlyPairs, pixelProgram, reprogramPair, shareOption, wholeCanvas, writtenTexts } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { sentencesOf } from './sentences-of.ts';

/**
 * AttrVR (Cai et al. 2025, arXiv 2501.13982; tmlr-group/AttrVR:experiments/fs_attrvr.py): a frame σ(W) around the shrunk
 * picture, trained against sentences: a class scores the mean of its k nearest sentences that describe it, mixed with the mean
 * of its k nearest that tell it from others. There a language model wrote them, and each run draws twenty; here they are
 * written by hand, and all are read.
 */
export const attrvr: Method = {
  id: 'attrvr',
  name: 'AttrVR',
  family: 'MR',
  paper: 'cai2025attrvr',
  follows: 'code',
  file: 'src/methods/attrvr.ts',
  options: { frame: 2, nearest: 3, share: 0.5 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'program 0',
  },
  trainable: 'C·(H·W − s²)',
  tricks: [
    { name: 'sentences are read once', exact: true },
    { name: 'the last block of the image tower computes the class token only', exact: true },
  ],
  adapt: onlyPairs('AttrVR'),
  adaptPair: (setting) => {
    const { model, options, wording } = setting;
    const { input } = model.architecture.image;
    if (!takesPictures(input)) throw new RangeError(`${model.id} takes no pictures; AttrVR puts a frame around them.`);
    const pictureSize = wholeCanvas(input).size - 2 * countOption(options, 'frame');
    const share = shareOption(options, 'share');
    return reprogramPair(setting, {
      fit: { size: pictureSize },
      manipulations: [
        onImage(pixelProgram({ input, around: { pictureSize }, bound: 'sigmoid' })),
        writtenTexts(sentencesOf(wording.descriptions, 'AttrVR')),
        writtenTexts(sentencesOf(wording.distinctions, 'AttrVR')),
      ],
      reading: { as: 'nearest-sentences', best: countOption(options, 'nearest'), shares: [share, 1 - share] },
    });
  },
};
