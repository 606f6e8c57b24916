/** A node of a flat buffer: a scalar in its place, or something that an offset points to. */
type Node =
  | { readonly is: 'scalar'; readonly value: number }
  | { readonly is: 'bytes'; readonly length: number; readonly bytes: Uint8Array }
  | { readonly is: 'vector'; readonly nodes: readonly Node[] }
  | { readonly is: 'table'; readonly fields: readonly (Node | undefined)[] };

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of the element type; 0 is float32. */
  readonly type?: number;
  /** Index of the buffer. */
  readonly buffer: number;
  readonly scale?: readonly number[];
}

const scalar = (value: number): Node => ({ is: 'scalar', value });
const vector = (nodes: readonly Node[]): Node => ({ is: 'vector', nodes });
const table = (...fields: readonly (Node | undefined)[]): Node => ({ is: 'table', fields });
const bytes = (content: Uint8Array, length = content.length): Node => ({ is: 'bytes', length, bytes: content });
const words = (values: readonly number[]): Node => bytes(new Uint8Array(Uint32Array.from(values).buffer), values.length);
const text = (value: string): Node => bytes(new TextEncoder().encode(value));

function written(root: Node): Uint8Array {
  const out: number[] = [];
  const little = (value: number, count: number): number[] => Array.from({ length: count }, (_, i) => (value >>> (8 * i)) & 255);
  const slots = (nodes: readonly (Node | undefined)[], start: number): void => {
    nodes.forEach((node, i) => {
      const at = start + 4 * i;
      const value = node === undefined ? 0 : node.is === 'scalar' ? node.value : place(node) - at;
      out.splice(at, 4, ...little(value, 4));
    });
  };
  const place = (node: Node): number => {
    while (out.length % 4 > 0) out.push(0);
    if (node.is === 'table') {
      const layout = out.length;
      const offsets = node.fields.flatMap((field, i) => little(field === undefined ? 0 : 4 + 4 * i, 2));
      out.push(...little(4 + offsets.length, 2), ...little(4 + 4 * node.fields.length, 2), ...offsets);
      while (out.length % 4 > 0) out.push(0);
      const at = out.length;
      out.push(...little(at - layout, 4), ...new Array<number>(4 * node.fields.length).fill(0));
      slots(node.fields, at + 4);
      return at;
    }
    const at = out.length;
    if (node.is === 'bytes') out.push(...little(node.length, 4), ...node.bytes);
    if (node.is === 'vector') {
      out.push(...little(node.nodes.length, 4), ...new Array<number>(4 * node.nodes.length).fill(0));
      slots(node.nodes, at + 4);
    }
    return at;
  };
  out.push(0, 0, 0, 0, ...new TextEncoder().encode('TFL3'));
  slots([root], 0);
  return Uint8Array.from(out);
}

/** A TensorFlow Lite model with the given tensors and buffers, and a graph that computes nothing. */
export function tflite(
  tensors: readonly TfliteTensor[],
  buffers: readonly Uint8Array[],
  { graphs = 1 }: { readonly graphs?: number } = {},
): Uint8Array {
  const graph = table(
    vector(
      tensors.map(({ name, shape, type, buffer, scale }) =>
        table(
          words(shape),
          type === undefined ? undefined : scalar(type),
          scalar(buffer),
          text(name),
          scale && table(undefined, undefined, bytes(new Uint8Array(Float32Array.from(scale).buffer), scale.length)),
        ),
      ),
    ),
  );
  return written(
    table(scalar(3), undefined, vector(new Array<Node>(graphs).fill(graph)), undefined, vector(buffers.map((data) => table(bytes(data))))),
  );
}
