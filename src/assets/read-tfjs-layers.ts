import { ByteReader, FormatError } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { arrayItems, objectEntries, parseJson, stringValue, wholeNumber } from './json.ts';
import type { JsonNode } from './json.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

const types: ReadonlyMap<string, ElementType> = new Map([
  ['float32', 'float32'],
  ['int32', 'int32'],
  ['bool', 'bool'],
  ['uint8', 'uint8'],
]);
const quantisedTypes: ReadonlyMap<string, ElementType> = new Map([
  ['float16', 'float16'],
  ['uint8', 'uint8'],
  ['uint16', 'uint16'],
]);

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** How the values are stored. */
  readonly type: ElementType;
  /** Stored integers q stand for q·scale + min. */
  readonly affine?: { readonly scale: number; readonly min: number };
}

function numberOf(node: JsonNode | undefined, file: string, what: string, offset: number): number {
  if (node?.type === 'number' && Number.isFinite(node.value)) return node.value;
  throw new FormatError(file, node?.offset ?? offset, `${what} must be a number`);
}

function parseSpec(node: JsonNode, file: string): WeightSpec {
  const entry = objectEntries(node, file, 'a weight');
  const name = stringValue(entry.get('name'), file, 'the name of a weight', node.offset);
  const shape = arrayItems(entry.get('shape'), file, 'a shape', node.offset).map(
    (item) => wholeNumber(item, file, 'a dimension'),
  );
  const dtype = stringValue(entry.get('dtype'), file, 'a dtype', node.offset);
  const plain = types.get(dtype);
  if (!plain) {
    throw new FormatError(
      file,
      node.offset,
      `weight ${JSON.stringify(name)}: dtype ${JSON.stringify(dtype)} is not read here`,
    );
  }
  const quantisation = entry.get('quantization');
  if (!quantisation) return { name, shape, type: plain };

  const fields = objectEntries(quantisation, file, 'a quantization');
  const storedAs = stringValue(fields.get('dtype'), file, 'the dtype of a quantization', quantisation.offset);
  const type = quantisedTypes.get(storedAs);
  if (!type || plain !== 'float32') {
    throw new FormatError(
      file,
      quantisation.offset,
      `weight ${JSON.stringify(name)}: ${dtype} stored as ${storedAs} is not read here`,
    );
  }
  if (type === 'float16') return { name, shape, type };
  const scale = numberOf(fields.get('scale'), file, 'a scale', quantisation.offset);
  const min = numberOf(fields.get('min'), file, 'a minimum', quantisation.offset);
  return { name, shape, type, affine: { scale, min } };
}

function joinShards(paths: readonly string[], shards: ReadonlyMap<string, Uint8Array>, file: string): Uint8Array {
  const parts = paths.map((path) => shards.get(path) ?? new Uint8Array());
  const missing = paths.find((path) => !shards.has(path));
  if (missing !== undefined) throw new FormatError(file, 0, `the weight file ${JSON.stringify(missing)} is missing`);
  if (parts.length === 1 && parts[0]) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/**
 * Reads the weights of a TensorFlow.js model: `model` is model.json, `shards` its weight files by the path that
 * model.json gives them. Names and layouts stay (`conv2d/kernel`, rows × columns × in × out). Quantised weights are
 * unfolded to float32. Throws {@link FormatError}. Format: tensorflow/tfjs `tfjs-core/src/io/types.ts`.
 */
export function readTfjsLayers(
  model: Uint8Array,
  shards: ReadonlyMap<string, Uint8Array>,
  file: string,
  options: ReadOptions = {},
): Map<string, TensorData> {
  const root = objectEntries(parseJson(model, file), file, 'the model');
  const tensors = new Map<string, TensorData>();
  const used = new Set<string>();
  for (const group of arrayItems(root.get('weightsManifest'), file, 'weightsManifest')) {
    const fields = objectEntries(group, file, 'a weight group');
    const paths = arrayItems(fields.get('paths'), file, 'paths', group.offset).map((item) => {
      const path = stringValue(item, file, 'a path');
      const outside =
        path.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:|\\|\0/.test(path) || path.split('/').includes('..');
      if (outside) {
        throw new FormatError(file, item.offset, `the path ${JSON.stringify(path)} leads out of the model's folder`);
      }
      if (used.has(path)) {
        throw new FormatError(file, item.offset, `the weight file ${JSON.stringify(path)} is named twice`);
      }
      used.add(path);
      return path;
    });
    const bytes = joinShards(paths, shards, file);
    const shardFile = paths.join('+');
    const reader = new ByteReader(bytes, shardFile);
    for (const node of arrayItems(fields.get('weights'), file, 'weights', group.offset)) {
      const { name, shape, type, affine } = parseSpec(node, file);
      if (tensors.has(name)) {
        throw new FormatError(file, node.offset, `weight ${JSON.stringify(name)} stands here twice`);
      }
      const count = countElements(shape, (reason) => {
        throw new FormatError(file, node.offset, reason);
      });
      const start = reader.advance(count * elementSize(type), `weight ${JSON.stringify(name)}`);
      const stored = decodeElements({ bytes, file: shardFile, start, type, shape }, options);
      tensors.set(
        name,
        affine
          ? { dtype: 'float32', shape, values: Float32Array.from(stored.values, (q) => q * affine.scale + affine.min) }
          : stored,
      );
    }
    reader.finish('the last weight');
  }
  return tensors;
}
