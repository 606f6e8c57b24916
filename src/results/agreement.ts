import { z } from 'zod';
import { environmentSchema } from './record.ts';

const name = z.string().min(1);
const count = z.int().min(0);
const seconds = z.number().min(0);
/** A relative difference, or a share of a bound; null where it is no finite number, and then nothing agrees. */
const difference = z.number().min(0).nullable();

/** How many times its tolerance a back-end may use: shaders compute exp, tanh and division less exactly than a processor. */
export const toleranceFactors: Readonly<Record<string, number>> = { wasm: 1, cpu: 1, node: 1, webgpu: 100 };

const device = z.strictObject({
  name: z.string(),
  vendor: z.string(),
  architecture: z.string(),
  driver: z.string(),
});

/** What a back-end is, as a process finds it that computes on it. */
export const foundBackendSchema = environmentSchema
  .pick({ kernels: true, engine: true, versions: true, commit: true, dirty: true, architecture: true, platform: true, cpu: true })
  .extend({
    device: device.nullable(),
    /** Kernels of its library that are used with a detour, and why. */
    detours: z.array(z.strictObject({ kernel: name, fails: name, instead: name })),
    created: z.iso.datetime(),
  });

const triedBackend = foundBackendSchema.extend({
  name,
  status: z.literal('tried'),
  /** How many times a stored case's tolerance it may use. */
  toleranceFactor: z.number().positive(),
  seconds,
});

/** A back-end that can't be had, and why. */
const missingBackend = z.strictObject({ name, status: z.literal('missing'), reason: name });

const parityOn = z.strictObject({
  backend: name,
  cases: count,
  passed: count,
  /** The case and tensor with the largest error for its tolerance: error / tolerance. */
  worst: z.strictObject({ case: name, tensor: name, factor: difference }).nullable(),
  /** Why cases failed without an error to show. */
  reason: z.string().nullable(),
  seconds,
});

const methodOn = z.strictObject({
  backend: name,
  status: z.literal('compared'),
  /** Over the tensors of what was learned or settled: the largest relative difference, and whose it is. */
  parameters: z.strictObject({ difference, tensor: name }).exactOptional(),
  /** Of the losses, epoch by epoch. */
  losses: difference.exactOptional(),
  /** Of what the alignment reads on the test examples. */
  outputs: difference.exactOptional(),
  equal: count,
  of: count,
  verdict: z.enum(['agrees', 'unsettled', 'disagrees']),
  seconds,
});
const methodNotOn = z.strictObject({ backend: name, status: z.literal('failed'), reason: name });

const methodTried = z.strictObject({
  id: name,
  method: name,
  road: z.enum(['network', 'language', 'pair']),
  model: name,
  task: name,
  /** Steps of training or of a search; 0 where nothing is learned. */
  steps: count,
  learningRate: z.number().positive().nullable(),
  /** How many numbers were compared as parameters. */
  numbers: count,
  seconds,
  /** How far the reference is from itself on examples that differ by a few roundings; absent where examples are texts. */
  nudged: z.strictObject({ losses: difference.exactOptional(), outputs: difference.exactOptional(), equal: count }).exactOptional(),
  on: z.array(z.discriminatedUnion('status', [methodOn, methodNotOn])),
});

/** A method that couldn't be tried on the reference, and why. */
const methodLacking = z.strictObject({ id: name, method: name, road: z.enum(['network', 'language', 'pair']), reason: name });

/** How far back-ends agree: with the stored outputs of the original libraries, and with each other over ten steps of every method. */
export const agreementSchema = z.strictObject({
  version: z.literal(1),
  created: z.iso.datetime(),
  /** The back-end that methods are compared with. */
  reference: name,
  /** Examples of the draw that every method gets. */
  draw: z.strictObject({ train: count, test: count, batch: count, epochs: count, seed: count }),
  /** By how much the examples of the reference's second attempt are larger. */
  nudge: z.number().positive(),
  /** Bounds within which methods agree, for a tolerance factor of 1; shares are of test examples. */
  bounds: z.strictObject({ losses: z.number(), outputs: z.number(), equal: z.number() }),
  backends: z.array(z.discriminatedUnion('status', [triedBackend, missingBackend])).min(1),
  parity: z.array(z.strictObject({ kind: name, on: z.array(parityOn) })),
  methods: z.array(methodTried),
  lacking: z.array(methodLacking),
});

export type Agreement = z.infer<typeof agreementSchema>;
export type AgreementBackend = Agreement['backends'][number];
export type TriedBackend = z.infer<typeof triedBackend>;
export type TriedMethod = z.infer<typeof methodTried>;
export type MethodOnBackend = TriedMethod['on'][number];
export type ParityOnBackend = z.infer<typeof parityOn>;

const times = (factor: number | null): string => (factor === null ? 'no number' : `${factor.toPrecision(3)} × its tolerance`);

/** A sentence for everything in the account that disagrees, failed, or couldn't be had on the reference. Back-ends that are missing disagree with nothing. */
export function agreementProblems({ reference, backends, parity, methods, lacking }: Agreement): readonly string[] {
  const first = backends.find(({ name: each }) => each === reference);
  return [
    ...(first?.status === 'missing' ? [`${reference}: ${first.reason}`] : []),
    ...parity.flatMap(({ kind, on }) =>
      on
        .filter(({ cases, passed }) => cases === 0 || passed < cases)
        .map(
          ({ backend, cases, passed, worst, reason }) =>
            `${backend}, stored cases of ${kind}: ${cases - passed} of ${cases} differ` +
            `${worst ? `, most of all ${worst.tensor} of ${worst.case} (${times(worst.factor)})` : ''}${reason === null ? '' : `; ${reason}`}`,
        ),
    ),
    ...methods.flatMap(({ id, on }) =>
      on.flatMap((each) =>
        each.status === 'failed'
          ? [`${each.backend}, ${id}: ${each.reason}`]
          : each.verdict !== 'disagrees'
            ? []
            : [`${each.backend}, ${id}: ${each.equal} of ${each.of} predictions equal, losses ${each.losses ?? 'no number'} apart`],
      ),
    ),
    ...(first?.status === 'missing' ? [] : lacking.map(({ id, reason }) => `${id} couldn't be tried: ${reason}`)),
  ];
}
