import type { Verbalizer } from './verbalizer.ts';

/** DoodleNet reads digits by the drawing that each resembles. The assignments are this project's own guess. */
export const doodlenetMnist: Verbalizer = {
  model: 'doodlenet',
  task: 'mnist',
  assignments: [
    { target: '0', sources: ['circle', 'potato'] },
    { target: '1', sources: ['line'] },
    { target: '2', sources: ['swan', 'duck'] },
    { target: '3', sources: ['ear'] },
    { target: '4', sources: ['sailboat', 'chair'] },
    { target: '5', sources: ['snake'] },
    { target: '6', sources: ['snail'] },
    { target: '7', sources: ['boomerang', 'elbow'] },
    { target: '8', sources: ['snowman', 'hourglass'] },
    { target: '9', sources: ['lollipop', 'tennis_racquet'] },
  ],
};
