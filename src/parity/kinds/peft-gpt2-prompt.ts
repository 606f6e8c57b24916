import { entry } from '../../tensor/index.ts';
import { checkLanguageTraining, languageCase } from '../language-case.ts';
import { softPromptLogits } from '../soft-prompt.ts';
import type { Runner } from '../types.ts';

/** PEFT's prompt tuning: embeddings in front of the tokens' own are all that is trained. */
export const runner: Runner = async (oracle) => {
  const at = languageCase(oracle);
  return checkLanguageTraining(oracle, at, (params, batch) =>
    softPromptLogits(at, entry(params, 'prompt_encoder.embedding.weight'), batch),
  );
};
