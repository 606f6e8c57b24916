import { z } from 'zod';
import { bidirectionalLstm, entry, layeredHead, relu } from '../../tensor/index.ts';
import { checkLanguageTraining, languageCase } from '../language-case.ts';
import { softPromptLogits } from '../soft-prompt.ts';
import type { Runner } from '../types.ts';

const schema = z.looseObject({ method: z.looseObject({ encoder: z.enum(['LSTM', 'MLP']) }) });

/** PEFT's P-tuning: the prompt is what an LSTM in both directions and an MLP, or an MLP alone, make of an embedding. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = languageCase(oracle);
  return checkLanguageTraining(oracle, at, (params, batch) => {
    const embedding = entry(params, 'prompt_encoder.embedding.weight');
    const state = method.encoder === 'LSTM' ? bidirectionalLstm(params, 'prompt_encoder.lstm_head', embedding) : embedding;
    return softPromptLogits(at, layeredHead(params, 'prompt_encoder.mlp_head', relu, state), batch);
  });
};
