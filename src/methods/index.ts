import type { Method } from '../reprogramming/index.ts';
import { additiveProgram } from './additive-program.ts';
import { attrvr } from './attrvr.ts';
import { autoprompt } from './autoprompt.ts';
import { bar } from './bar.ts';
import { bbt } from './bbt.ts';
import { blmPlus } from './blm-plus.ts';
import { blm } from './blm.ts';
import { clipPromptEnsembling } from './clip-prompt-ensembling.ts';
import { cocoop } from './cocoop.ts';
import { contextualCalibration } from './contextual-calibration.ts';
import { coop } from './coop.ts';
import { cot } from './cot.ts';
import { cupl } from './cupl.ts';
import { e2vpt } from './e2vpt.ts';
import { fewShotIcl } from './few-shot-icl.ts';
import { flmVp } from './flm-vp.ts';
import { fullymapVp } from './fullymap-vp.ts';
import { ilmVp } from './ilm-vp.ts';
import { instruction } from './instruction.ts';
import { kate } from './kate.ts';
import { kgcoop } from './kgcoop.ts';
import { knnPrompting } from './knn-prompting.ts';
import { leastToMost } from './least-to-most.ts';
import { maple } from './maple.ts';
import { pTuningV2 } from './p-tuning-v2.ts';
import { pTuning } from './p-tuning.ts';
import { pictureTemplate } from './picture-template.ts';
import { prefixTuning } from './prefix-tuning.ts';
import { promptTuning } from './prompt-tuning.ts';
import { redCircle } from './red-circle.ts';
import { rlmVp } from './rlm-vp.ts';
import { selfConsistency } from './self-consistency.ts';
import { smm } from './smm.ts';
import { voice2series } from './voice2series.ts';
import { vp } from './vp.ts';
import { vptDeep } from './vpt-deep.ts';
import { vptShallow } from './vpt-shallow.ts';
import { vqt } from './vqt.ts';
import { warp } from './warp.ts';
import { zeroShotCot } from './zero-shot-cot.ts';

export { imagenetTemplates } from './imagenet-templates.ts';

/** The reference methods. */
export const methods: readonly Method[] = [
  rlmVp,
  flmVp,
  ilmVp,
  blm,
  blmPlus,
  fullymapVp,
  additiveProgram,
  vptShallow,
  vptDeep,
  pictureTemplate,
  voice2series,
  bar,
  vp,
  smm,
  e2vpt,
  vqt,
  instruction,
  fewShotIcl,
  kate,
  contextualCalibration,
  cot,
  zeroShotCot,
  selfConsistency,
  leastToMost,
  knnPrompting,
  promptTuning,
  prefixTuning,
  pTuning,
  pTuningV2,
  warp,
  autoprompt,
  bbt,
  attrvr,
  coop,
  cocoop,
  kgcoop,
  maple,
  clipPromptEnsembling,
  cupl,
  redCircle,
];
