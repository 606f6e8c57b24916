import { inTemplate, onlyPairs, reprogramPair, wordOption, writtenTexts } from '../reprogramming/index.ts';
import type { Method, Options, PairWording } from '../reprogramming/index.ts';

/** What methods that only write do: nothing is computed twice. */
export const writtenTricks: Method['tricks'] = [
  { name: 'class texts are read once', exact: true },
  { name: 'embeddings of pictures computed once', exact: true },
];

/**
 * Classes named in words (Radford et al. 2021, arXiv 2103.00020; openai/CLIP:notebooks/Prompt_Engineering_for_ImageNet.ipynb):
 * each name in a template, or in several, whose embeddings' mean stands for the class. `templates`: all, the plainest one, or
 * none, the bare name. `names`: those given, or with their synonyms.
 */
export const clipPromptEnsembling: Method = {
  id: 'clip-prompt-ensembling',
  name: 'CLIP prompt ensembling',
  family: 'PI',
  paper: 'radford2021clip',
  follows: 'code',
  file: 'src/methods/clip-prompt-ensembling.ts',
  options: { templates: 'all', names: 'given' },
  recipe: null,
  trainable: '0',
  tricks: writtenTricks,
  adapt: onlyPairs('CLIP prompt ensembling'),
  adaptPair: (setting) =>
    reprogramPair(setting, {
      manipulations: [writtenTexts(textsFor(setting.wording, setting.options))],
      reading: { as: 'nearest-text' },
    }),
};

function textsFor({ names, templates, synonyms }: PairWording, options: Options): readonly (readonly string[])[] {
  const [plainest = '{}'] = templates;
  const around = { all: templates, one: [plainest], none: ['{}'] }[wordOption(options, 'templates', ['all', 'one', 'none'])];
  const withSynonyms = wordOption(options, 'names', ['given', 'synonyms']) === 'synonyms';
  return names.map((name, k) => [name, ...(withSynonyms ? (synonyms[k] ?? []) : [])].flatMap((called) => around.map((template) => inTemplate(template, called))));
}
