import type { Params } from '../../tensor/index.ts';
import type { Trained } from '../../training/index.ts';

/** What came of adapting: parameters (the caller owns them), the course, and how often an example went through the model. */
export interface LanguageOutcome {
  readonly params: Params;
  readonly curve: Trained['curve'];
  readonly steps: number;
  readonly queries: number;
}
