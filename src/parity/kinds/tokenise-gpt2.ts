import { checkTokenizer } from '../tokenizer-case.ts';
import type { Runner } from '../types.ts';

/** GPT-2's byte-level BPE. */
export const runner: Runner = async (oracle) => checkTokenizer(oracle);
