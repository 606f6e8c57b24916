import type { Params, Tensor } from '../tensor/index.ts';
import { tf } from '../tensor/index.ts';
import { manipulate } from './manipulate.ts';
import { ownParameters } from './own-parameters.ts';
import type { AdaptedPair, PairAct } from './pair/types.ts';
import { onImage } from './pair/on-image.ts';
import { isRaw } from './through-network.ts';
import type { Adapted } from './types.ts';

/** Something that enters a model, with its parameters; a network on its own is an image tower here. */
export type Entered = PairAct & {
  /** The parameters of its manipulation, under their own names; none where it is fixed. */
  readonly λ: Params;
};

/** What enters a model where, after a run that came to these parameters; nothing where weights are adapted. */
export function entered(adapted: Adapted | AdaptedPair, params: Params): readonly Entered[] {
  const manipulations = 'pairManipulations' in adapted ? adapted.pairManipulations : (adapted.manipulations ?? []).map(onImage);
  return manipulations.flatMap(({ acts }, index) => acts.map((act): Entered => ({ ...act, λ: ownParameters(params, index) })));
}

/** Examples as the network takes them after all that enters at its input, `[batch, …]` as `x`. The caller owns them. */
export function inputAsSeen(acts: readonly Entered[], x: Tensor): Tensor {
  return tf.tidy(() =>
    acts.reduce((now, act) => {
      if (act.tower !== 'image') return now;
      const manipulation = { site: act.site, action: act.action, parameters: {} };
      return isRaw(manipulation) ? manipulate(manipulation, act.λ, now) : now;
    }, tf.clone(x)),
  );
}
