import type { Verbalizer } from './verbalizer.ts';

/**
 * DoodleNet reads clothes by the drawing of the same or the nearest thing; it knows no dress, no coat and no boot.
 * The assignments are this project's own.
 */
export const doodlenetFashionMnist: Verbalizer = {
  model: 'doodlenet',
  task: 'fashion-mnist',
  assignments: [
    { target: 'T-shirt/top', sources: ['t-shirt'] },
    { target: 'Trouser', sources: ['pants', 'shorts'] },
    { target: 'Pullover', sources: ['sweater'] },
    { target: 'Dress', sources: ['hourglass', 'vase'] },
    { target: 'Coat', sources: ['jacket'] },
    { target: 'Sandal', sources: ['flip_flops'] },
    { target: 'Shirt', sources: ['bowtie', 'necklace'] },
    { target: 'Sneaker', sources: ['shoe'] },
    { target: 'Bag', sources: ['purse', 'suitcase', 'backpack', 'basket'] },
    { target: 'Ankle boot', sources: ['sock', 'foot', 'rollerskates'] },
  ],
};
