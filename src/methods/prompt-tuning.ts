import { countOption, onlyLanguage, reprogramLanguage, softPrompt, wordOption } from '../reprogramming/index.ts';
import type { LanguageSetting, Method, SoftPromptStart } from '../reprogramming/index.ts';

/** Where the vectors start, by the option `start`; the text is that of the task's instruction. */
function startOf({ options, instructionTokens }: LanguageSetting): SoftPromptStart {
  const from = wordOption(options, 'start', ['random', 'vocabulary', 'text']);
  if (from !== 'text') return { from };
  if (!instructionTokens || instructionTokens.length === 0) {
    throw new RangeError('Prompt tuning was to start from the text of the instruction, but the task has none: choose start random or vocabulary.');
  }
  return { from: 'tokens', ids: instructionTokens };
}

/**
 * Prompt tuning (Lester et al. 2021, arXiv 2104.08691; google-research/prompt-tuning): learned vectors in front of the
 * embedded text, nothing else. Adam in place of Adafactor.
 */
export const promptTuning: Method = {
  id: 'prompt-tuning',
  name: 'Prompt Tuning',
  family: 'PT',
  paper: 'lester2021prompt',
  follows: 'code',
  file: 'src/methods/prompt-tuning.ts',
  options: { tokens: 16, start: 'vocabulary' },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'random: uniform in [−0.5, 0.5); vocabulary: embeddings of tokens drawn at random; text: of the instruction',
  },
  trainable: 'p·d',
  tricks: [{ name: 'the vectors in front are read once a step and shared by the batch', exact: true }],
  adapt: onlyLanguage('Prompt Tuning'),
  adaptLanguage: (setting) =>
    reprogramLanguage(
      setting.model,
      {
        manipulations: [softPrompt(setting.model, countOption(setting.options, 'tokens'), startOf(setting))],
        reading: { as: 'answer' },
      },
      setting.classTokens,
    ),
};
