import { checkTokenizer } from '../tokenizer-case.ts';
import type { Runner } from '../types.ts';

/** Llama's BPE over characters with bytes for unknown ones. */
export const runner: Runner = async (oracle) => checkTokenizer(oracle);
