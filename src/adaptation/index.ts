import type { Method } from '../reprogramming/index.ts';
import { bagOfWords } from './bag-of-words.ts';
import { bitfit } from './bitfit.ts';
import { dtwNearestNeighbour } from './dtw-nearest-neighbour.ts';
import { fullFineTuning } from './full-fine-tuning.ts';
import { ia3 } from './ia3.ts';
import { linearProbe } from './linear-probe.ts';
import { lora } from './lora.ts';
import { majorityClass } from './majority-class.ts';
import { normTuning } from './norm-tuning.ts';
import { tipAdapter } from './tip-adapter.ts';

/** Parameter-centric rivals: they change the model's own parameters or read its features. */
export const rivals: readonly Method[] = [linearProbe, bitfit, lora, fullFineTuning, dtwNearestNeighbour, majorityClass, ia3, normTuning, bagOfWords, tipAdapter];
