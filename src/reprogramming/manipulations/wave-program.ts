import { zeros } from '../parameters.ts';
import type { Manipulation } from '../types.ts';

export interface WaveProgramOptions {
  /** The wave itself, or the spectrogram that the front end makes of it. */
  readonly enters: 'raw' | 'spectrogram';
  /** `[samples]` of a wave, `[frames, values]` of a spectrogram. */
  readonly shape: readonly number[];
}

/** A program x' = x + W over a whole wave or its whole spectrogram, unbounded, W from 0: it starts as no program. */
export function waveProgram({ enters, shape }: WaveProgramOptions): Manipulation {
  return {
    site: { location: 'input', enters },
    parameters: { program: zeros(shape) },
    action: {
      operator: 'additive',
      addend: ({ program }) => {
        if (!program) throw new Error('A wave program was applied without its parameter "program".');
        return program;
      },
    },
  };
}
