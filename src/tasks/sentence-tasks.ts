import { slot } from './text-set.ts';
import type { Wording } from './text-set.ts';
import type { TextTaskRow } from './text-task.ts';

/** A sentence, then the beginning of another that a class word ends. */
function wording(instruction: string, opening: string, classWords: readonly string[]): Wording {
  return {
    instruction,
    ask: `${slot}\n${opening}`,
    delimiter: ' ',
    end: '\n',
    between: '\n\n',
    classWords,
    contentFree: 'N/A',
  };
}

/**
 * Tasks of real sentences. Their wordings keep to words of little stories, which stories260K knows; behind each stands how
 * many tokens its class words have there. Within a wording no two class words begin with the same token.
 */
export const sentenceTasks: readonly (TextTaskRow & { readonly licence: string; readonly citation: string })[] = [
  {
    id: 'sst2',
    title: 'SST-2',
    classes: ['negative', 'positive'],
    licence: 'no formal licence; used for research with citation',
    citation: 'socher2013sst',
    wordings: [
      wording('Say if the one who saw it was sad or happy.', 'The feeling is', ['sad', 'happy']), // 2, 1
      wording('Say if the show was bad or fun.', 'The show was', ['bad', 'fun']), // 2, 2
      wording('Say if the fun was little or big.', 'The fun was', ['little', 'big']), // 1, 1
      wording('Say if they liked it, yes or no.', 'Did they like it?', ['no', 'yes']), // 2, 2
    ],
  },
  {
    id: 'trec',
    title: 'TREC question types',
    classes: ['description', 'entity', 'abbreviation', 'human', 'location', 'numeric value'],
    licence: 'no formal licence; used for research with citation',
    citation: 'li2002trec',
    wordings: [
      wording(
        'Say if the answer is a story, a thing, a name, a friend, a place or a number.',
        'The answer is a',
        ['story', 'thing', 'name', 'friend', 'place', 'number'], // 3, 2, 2, 1, 3, 5
      ),
      wording(
        'Say if they asked about the way, the toy, the word, the mom, the park or the time.',
        'They asked about the',
        ['way', 'toy', 'word', 'mom', 'park', 'time'], // 2, 2, 3, 1, 3, 1
      ),
      wording(
        'Say one of these: so, that, named, friend, there, time.',
        'The one to say is',
        ['so', 'that', 'named', 'friend', 'there', 'time'], // 1 each
      ),
    ],
  },
];
