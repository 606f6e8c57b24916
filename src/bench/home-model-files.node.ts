import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { digestContent, writeSafetensors } from '../assets/index.ts';
import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import type { HomeModel } from './home-model.ts';
import { RequestError } from './table.ts';
import type { Environment } from './types.ts';

/** The digest of the float32 weights after so many steps of the full course. */
export interface Waypoint {
  readonly steps: number;
  readonly trainedDigest: string;
}

const storedCard = z.looseObject({
  digest: z.string(),
  trainedDigest: z.string(),
  steps: z.number(),
  firstSteps: z.object({ steps: z.number(), trainedDigest: z.string() }),
  backend: z.object({ name: z.string(), kernels: z.string() }),
});

/** What the card of stored weights promises. */
export type StoredCard = z.output<typeof storedCard>;

/**
 * Writes `<folder>/<model>/model.json` and `weights.safetensors` (float16), each whole or not at all.
 * @returns the digest under which the weights are known.
 */
export function writeHomeModel(
  folder: string,
  model: HomeModel,
  firstSteps: Waypoint,
  made: { readonly backend: { readonly name: string; readonly kernels: string }; readonly environment: Environment; readonly seconds: number },
): string {
  const { recipe } = model;
  const tensors = contentOf(model.weights);
  const digest = digestContent(tensors);
  if (digest !== model.digest) throw new Error(`the weights to be stored have digest ${digest}; training gave ${model.digest}`);
  const card = {
    id: recipe.model,
    digest,
    trainedDigest: model.trainedDigest,
    firstSteps,
    steps: model.steps,
    recipe,
    taskDigest: model.taskDigest,
    classes: model.classes,
    testAccuracy: model.testAccuracy,
    testCount: model.testCount,
    ...(model.testByKind ? { testByKind: model.testByKind } : {}),
    curve: model.curve,
    backend: made.backend,
    environment: made.environment,
    seconds: Math.round(made.seconds),
  };
  const path = join(folder, recipe.model);
  mkdirSync(path, { recursive: true });
  writeWhole(join(path, 'weights.safetensors'), writeSafetensors(tensors, { floats: 'float16' }));
  writeWhole(join(path, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);
  return digest;
}

/** @throws RequestError when the model isn't stored or its card lacks what a comparison needs. */
export function readHomeModelCard(folder: string, model: string): StoredCard {
  const path = join(folder, model, 'model.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new RequestError(`${path} is not there; "npm run train -- ${model}" makes it`);
  }
  const parsed = storedCard.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestError(`${path}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function contentOf(weights: Params): ReadonlyMap<string, TensorData> {
  return new Map(
    Object.entries(weights).map(([name, tensor]) => [
      name,
      { dtype: 'float32', shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) },
    ]),
  );
}

function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, content, { flush: true });
  renameSync(draft, path);
}
