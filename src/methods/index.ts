import type { Method } from '../reprogramming/index.ts';
import { additiveProgram } from './additive-program.ts';
import { bar } from './bar.ts';
import { blmPlus } from './blm-plus.ts';
import { blm } from './blm.ts';
import { e2vpt } from './e2vpt.ts';
import { flmVp } from './flm-vp.ts';
import { fullymapVp } from './fullymap-vp.ts';
import { ilmVp } from './ilm-vp.ts';
import { pictureTemplate } from './picture-template.ts';
import { rlmVp } from './rlm-vp.ts';
import { smm } from './smm.ts';
import { vp } from './vp.ts';
import { voice2series } from './voice2series.ts';
import { vptDeep } from './vpt-deep.ts';
import { vptShallow } from './vpt-shallow.ts';
import { vqt } from './vqt.ts';

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
];
