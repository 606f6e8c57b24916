import type { Verbalizer } from './verbalizer.ts';

/**
 * DoodleNet reads letters, capital and small together, by the drawing that each resembles. The assignments are this
 * project's own guess.
 */
export const doodlenetEmnistLetters: Verbalizer = {
  model: 'doodlenet',
  task: 'emnist-letters',
  assignments: [
    { target: 'A', sources: ['The_Eiffel_Tower', 'tent'] },
    { target: 'B', sources: ['butterfly'] },
    { target: 'C', sources: ['moon'] },
    { target: 'D', sources: ['watermelon'] },
    { target: 'E', sources: ['rake'] },
    { target: 'F', sources: ['key'] },
    { target: 'G', sources: ['ear'] },
    { target: 'H', sources: ['ladder', 'bed'] },
    { target: 'I', sources: ['line'] },
    { target: 'J', sources: ['hockey_stick'] },
    { target: 'K', sources: ['scissors'] },
    { target: 'L', sources: ['elbow'] },
    { target: 'M', sources: ['mountain'] },
    { target: 'N', sources: ['zigzag'] },
    { target: 'O', sources: ['circle'] },
    { target: 'P', sources: ['lollipop'] },
    { target: 'Q', sources: ['frying_pan'] },
    { target: 'R', sources: ['yoga'] },
    { target: 'S', sources: ['snake'] },
    { target: 'T', sources: ['hammer'] },
    { target: 'U', sources: ['cup', 'bucket'] },
    { target: 'V', sources: ['carrot', 'ice_cream'] },
    { target: 'W', sources: ['crown'] },
    { target: 'X', sources: ['windmill'] },
    { target: 'Y', sources: ['wine_glass'] },
    { target: 'Z', sources: ['lightning'] },
  ],
};
