import { z } from 'zod';

const trial = z.strictObject({
  id: z.string(),
  methodId: z.string(),
  road: z.enum(['network', 'language', 'pair']),
  places: z.array(z.strictObject({ modelId: z.string(), taskId: z.string() })),
});

/** What a worker is asked to do with its one back-end. */
export const orderSchema = z.strictObject({
  backend: z.enum(['wasm', 'cpu', 'node', 'webgpu']),
  /** Where its parts are kept. */
  folder: z.string(),
  oracles: z.string(),
  root: z.string(),
  kinds: z.array(z.string()),
  trials: z.array(trial),
  /** Parts that nothing has changed for stay. */
  resume: z.boolean(),
  /** Whether methods are tried on nudged examples too: the reference's are. */
  isReference: z.boolean(),
  /** Keys of earlier workers of the same command, whose parts stay as well: a commit may be made meanwhile. */
  keys: z.array(z.string()),
  /** Parts in which a worker died; they stay as they are. */
  except: z.array(z.string()),
});
export type Order = z.infer<typeof orderSchema>;

/** What a worker tells of itself. */
export const tidingsSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('listening') }),
  z.strictObject({ is: z.literal('missing'), reason: z.string() }),
  z.strictObject({ is: z.literal('ready'), key: z.string() }),
  z.strictObject({ is: z.literal('at'), part: z.string() }),
  z.strictObject({ is: z.literal('done'), part: z.string(), seconds: z.number(), outcome: z.string() }),
  z.strictObject({ is: z.literal('unusable'), part: z.string() }),
  z.strictObject({ is: z.literal('end') }),
]);
export type Tidings = z.infer<typeof tidingsSchema>;

/** The part that stands for the parity cases of a kind. */
export const nudgedPart = (trial: string): string => `nudged/${trial}`;
export const parityPart = (kind: string): string => `parity/${kind}`;
