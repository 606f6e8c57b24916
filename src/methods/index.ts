import type { Method } from '../reprogramming/index.ts';
import { additiveProgram } from './additive-program.ts';
import { blmPlus } from './blm-plus.ts';
import { blm } from './blm.ts';
import { flmVp } from './flm-vp.ts';
import { fullymapVp } from './fullymap-vp.ts';
import { ilmVp } from './ilm-vp.ts';
import { pictureTemplate } from './picture-template.ts';
import { rlmVp } from './rlm-vp.ts';
import { vptDeep } from './vpt-deep.ts';
import { vptShallow } from './vpt-shallow.ts';

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
];
