import { checkTokenizer } from '../tokenizer-case.ts';
import type { Runner } from '../types.ts';

/** CLIP's BPE: lower case, marks at the ends of words. */
export const runner: Runner = async (oracle) => checkTokenizer(oracle);
