import { budgetsKept } from './budgets.ts';
import { forMachines, head } from './head.ts';
import { links } from './links.ts';
import { validMarkup } from './markup.ts';
import { formulas, readableWithoutScript, singleIds } from './no-script.ts';
import type { MakeCheck } from './page-check.ts';
import { harmlessMarkup, security } from './security.ts';

/** The checks that hold for every page of every built site, without a browser. */
export const checks: readonly MakeCheck[] = [
  links, readableWithoutScript, formulas, singleIds, head, forMachines, security, harmlessMarkup, budgetsKept, validMarkup,
];
