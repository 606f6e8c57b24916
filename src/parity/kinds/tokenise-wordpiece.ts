import { checkTokenizer } from '../tokenizer-case.ts';
import type { Runner } from '../types.ts';

/** BERT's WordPiece. */
export const runner: Runner = async (oracle) => checkTokenizer(oracle);
