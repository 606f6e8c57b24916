import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Attempt } from '../../src/bench/index.ts';
import { foundBackendSchema } from '../../src/results/index.ts';

const name = z.string().min(1);

export type FoundBackend = z.infer<typeof foundBackendSchema>;

const numbers = z.base64().transform((text): Float32Array => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer));
/** JSON has no infinity and no NaN; both are stored as null and read as NaN, which agrees with nothing. */
const losses = z.array(z.number().nullable().transform((loss) => loss ?? NaN));

const attempt = z.strictObject({
  modelId: name,
  taskId: name,
  steps: z.int().min(0),
  learningRate: z.number().nullable(),
  losses,
  parameters: z.record(name, numbers),
  outputs: numbers.nullable(),
  predictions: z.array(z.union([z.number(), z.string(), z.null()])),
});

const parityCase = z.strictObject({
  id: name,
  tensor: z.string(),
  /** error / tolerance; null where it is no finite number. */
  factor: z.number().nullable(),
  /** Why it failed without an error to show. */
  reason: z.string().nullable(),
});
export type ParityCase = z.infer<typeof parityCase>;

const result = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('attempt'), attempt }),
  z.strictObject({ as: z.literal('parity'), cases: z.array(parityCase) }),
  /** `lacking`: weights or data aren't here. */
  z.strictObject({ as: z.literal('failed'), reason: name, lacking: z.boolean() }),
]);

/** What one back-end made of one part, kept so that an interrupted command can go on. */
export const partSchema = z.strictObject({
  /** Equal where nothing that decides the numbers has changed. */
  key: name,
  seconds: z.number().min(0),
  result,
});
export type StoredPart = z.infer<typeof partSchema>;

const fileOf = (folder: string, part: string): string => join(folder, `${part.replaceAll('/', '~')}.json`);

/** Writes whole or not at all. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

const encoded = (values: Float32Array): string => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

function attemptAsData({ parameters, outputs, ...rest }: Attempt) {
  return {
    ...rest,
    parameters: Object.fromEntries(Object.entries(parameters).map(([tensor, values]) => [tensor, encoded(values)])),
    outputs: outputs && encoded(outputs),
  };
}

export function writePart(folder: string, part: string, { key, seconds, result: made }: StoredPart): void {
  const stored = made.as === 'attempt' ? { ...made, attempt: attemptAsData(made.attempt) } : made;
  writeWhole(fileOf(folder, part), `${JSON.stringify({ key, seconds, result: stored })}\n`);
}

/** The part as it is stored; undefined where there is none that can be read. */
export function readPart(folder: string, part: string): StoredPart | undefined {
  return readIfGood(fileOf(folder, part), partSchema);
}

/** A file that was written by this command; undefined where there is none, or one of another form. */
export function readIfGood<T>(path: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
