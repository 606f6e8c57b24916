import { FormatError } from './bytes.ts';
import type { ByteReader } from './bytes.ts';

export interface PickleTuple {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

export interface PickleList {
  readonly kind: 'list';
  readonly items: PickleValue[];
}

export type PickleKey = string | number | bigint | boolean | null;

export interface PickleDictionary {
  readonly kind: 'dictionary';
  readonly entries: Map<PickleKey, PickleValue>;
  /** Whether attributes may be set on it (they are read and dropped). */
  readonly takesAttributes: boolean;
}

/** A name that the pickle may use: called by `call`, or only passed on where it has none. */
export interface PickleGlobal {
  readonly kind: 'global';
  readonly name: string;
  readonly call?: (parameters: readonly PickleValue[], fail: (reason: string) => never) => PickleValue;
}

/** Something that a global or a persistent id stands for; `content` is the business of whoever made it. */
export interface PickleObject {
  readonly kind: 'object';
  readonly content: object;
}

/** What a pickle can hold. Large integers are `bigint`. */
export type PickleValue =
  | PickleKey
  | Uint8Array
  | PickleTuple
  | PickleList
  | PickleDictionary
  | PickleGlobal
  | PickleObject;

interface Kinds {
  readonly tuple: PickleTuple;
  readonly list: PickleList;
  readonly dictionary: PickleDictionary;
  readonly global: PickleGlobal;
  readonly object: PickleObject;
}

/** Whether a value is of a kind. */
export function isPickled<K extends keyof Kinds>(value: PickleValue | undefined, kind: K): value is Kinds[K] {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** All that a pickle may refer to. Every other name is refused, whether the pickle calls it or not. */
export interface PickleWorld {
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  readonly persistent?: (id: PickleValue, fail: (reason: string) => never) => PickleValue;
}

interface Machine {
  readonly reader: ByteReader;
  readonly world: PickleWorld;
  readonly memo: Map<number, PickleValue>;
  /** Stacks set aside by MARK. */
  readonly marks: PickleValue[][];
  stack: PickleValue[];
  /** Offset of the running opcode. */
  offset: number;
}

function fail(machine: Machine, reason: string): never {
  throw new FormatError(machine.reader.file, machine.offset, reason);
}

function pop(machine: Machine): PickleValue {
  const value = machine.stack.pop();
  return value === undefined ? fail(machine, 'the pickle takes a value from an empty stack') : value;
}

function peek(machine: Machine): PickleValue {
  const value = machine.stack.at(-1);
  return value === undefined ? fail(machine, 'the pickle looks at an empty stack') : value;
}

function popToMark(machine: Machine): PickleValue[] {
  const items = machine.stack;
  machine.stack = machine.marks.pop() ?? fail(machine, 'the pickle refers to a mark that was never set');
  return items;
}

function isKey(value: PickleValue | undefined): value is PickleKey {
  return value === null || (value !== undefined && typeof value !== 'object');
}

function setItems(machine: Machine, target: PickleValue, items: readonly PickleValue[]): void {
  if (!isPickled(target, 'dictionary')) {
    return fail(machine, 'the pickle sets an item of something that is no dictionary');
  }
  if (items.length % 2 !== 0) fail(machine, 'the pickle sets a key without a value');
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    const value = items[i + 1];
    if (!isKey(key) || value === undefined) return fail(machine, 'a dictionary key that is neither text nor a number');
    if (target.entries.has(key)) fail(machine, `the key ${JSON.stringify(String(key))} is set twice`);
    target.entries.set(key, value);
  }
}

function append(machine: Machine, target: PickleValue, items: readonly PickleValue[]): void {
  if (!isPickled(target, 'list')) {
    return fail(machine, 'the pickle appends to something that is no list');
  }
  for (const item of items) target.items.push(item);
}

function dictionaryOf(machine: Machine, items: readonly PickleValue[]): PickleDictionary {
  const dictionary = newDictionary(false);
  setItems(machine, dictionary, items);
  return dictionary;
}

export function newDictionary(takesAttributes: boolean): PickleDictionary {
  return { kind: 'dictionary', entries: new Map(), takesAttributes };
}

function findGlobal(machine: Machine, module: string, name: string): PickleGlobal {
  const full = `${module}.${name}`;
  const found = machine.world.globals.get(full);
  if (found) return found;
  return fail(machine, `the pickle asks for ${JSON.stringify(full)}, which no tensor needs; refused, nothing was run`);
}

function readLine(machine: Machine, what: string): string {
  const { reader } = machine;
  const length = reader.bytes.subarray(reader.position).indexOf(0x0a);
  if (length < 0) reader.fail(`the file ends inside ${what}`);
  const line = reader.utf8(length, what);
  reader.advance(1, what);
  return line;
}

function reduce(machine: Machine): void {
  const parameters = pop(machine);
  const callee = pop(machine);
  if (!isPickled(parameters, 'tuple')) {
    return fail(machine, 'the pickle calls something without a tuple of parameters');
  }
  if (!isPickled(callee, 'global')) {
    return fail(machine, 'the pickle calls something that is no function');
  }
  if (!callee.call) return fail(machine, `the pickle calls ${callee.name}, which is not to be called`);
  machine.stack.push(callee.call(parameters.items, (reason) => fail(machine, `${callee.name}: ${reason}`)));
}

/** Only the attributes of an ordered dictionary (a state dict's `_metadata`) are taken, and dropped. */
function build(machine: Machine): void {
  pop(machine);
  const target = peek(machine);
  if (!isPickled(target, 'dictionary') || !target.takesAttributes) {
    fail(machine, 'the pickle sets the state of an object that has none');
  }
}

function persistent(machine: Machine): void {
  const id = pop(machine);
  const { persistent: resolve } = machine.world;
  if (!resolve) return fail(machine, 'a reference to stored data where none is allowed');
  machine.stack.push(resolve(id, (reason) => fail(machine, reason)));
}

/** A little-endian two's complement number of any length. */
function longNumber(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  if ((bytes.at(-1) ?? 0) >= 128) value -= 1n << BigInt(8 * bytes.length);
  const small = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return small ? Number(value) : value;
}

function tupleOfLast(machine: Machine, count: number): void {
  const items: PickleValue[] = [];
  for (let i = 0; i < count; i++) items.unshift(pop(machine));
  machine.stack.push({ kind: 'tuple', items });
}

function memoGet(machine: Machine, index: number): void {
  const value = machine.memo.get(index);
  if (value === undefined) return fail(machine, `the pickle recalls value ${index}, which it never stored`);
  machine.stack.push(value);
}

function pushGlobalFromStack(machine: Machine): void {
  const name = pop(machine);
  const module = pop(machine);
  if (typeof name !== 'string' || typeof module !== 'string') return fail(machine, 'a global whose name is no text');
  machine.stack.push(findGlobal(machine, module, name));
}

type Step = (machine: Machine) => void;
const push =
  (value: (machine: Machine) => PickleValue): Step =>
  (machine) => {
    machine.stack.push(value(machine));
  };
const text = (machine: Machine, length: number): string => machine.reader.utf8(length, 'a text');
const data = (machine: Machine, length: number): Uint8Array => machine.reader.take(length, 'a byte string');
/** Integers of more bytes than this are not numbers that a file of tensors holds. */
const longestInteger = 64;
const integer = (machine: Machine, length: number): number | bigint => {
  if (length > longestInteger) fail(machine, `an integer of ${length} bytes`);
  return longNumber(machine.reader.take(length, 'an integer'));
};

/**
 * The opcodes that files of tensors use, protocols 2 to 5. All others (INST, OBJ, NEWOBJ, EXT, buffers…) are
 * refused.
 */
const steps: ReadonlyMap<number, Step> = new Map<number, Step>([
  [0x80, (m) => {
    const protocol = m.reader.uint8('the pickle protocol');
    if (protocol < 2 || protocol > 5) fail(m, `pickle protocol ${protocol} is not read here`);
  }],
  [0x95, (m) => {
    const length = m.reader.uint64('the frame length');
    if (length > m.reader.left) fail(m, `a frame of ${length} bytes, ${m.reader.left} are left`);
  }],
  [0x28, (m) => {
    m.marks.push(m.stack);
    m.stack = [];
  }],
  [0x30, (m) => void pop(m)],
  [0x31, (m) => void popToMark(m)],
  [0x4e, push(() => null)],
  [0x88, push(() => true)],
  [0x89, push(() => false)],
  [0x4b, push((m) => m.reader.uint8('an integer'))],
  [0x4d, push((m) => m.reader.uint16('an integer'))],
  [0x4a, push((m) => m.reader.int32('an integer'))],
  [0x8a, push((m) => integer(m, m.reader.uint8('an integer')))],
  [0x8b, push((m) => integer(m, m.reader.uint32('an integer')))],
  [0x47, push((m) => m.reader.float64('a number', false))],
  [0x58, push((m) => text(m, m.reader.uint32('a text')))],
  [0x8c, push((m) => text(m, m.reader.uint8('a text')))],
  [0x8d, push((m) => text(m, m.reader.uint64('a text')))],
  [0x55, push((m) => text(m, m.reader.uint8('a text')))],
  [0x54, push((m) => text(m, m.reader.uint32('a text')))],
  [0x43, push((m) => data(m, m.reader.uint8('a byte string')))],
  [0x42, push((m) => data(m, m.reader.uint32('a byte string')))],
  [0x8e, push((m) => data(m, m.reader.uint64('a byte string')))],
  [0x7d, push(() => newDictionary(false))],
  [0x64, (m) => {
    const items = popToMark(m);
    m.stack.push(dictionaryOf(m, items));
  }],
  [0x73, (m) => {
    const value = pop(m);
    const key = pop(m);
    setItems(m, peek(m), [key, value]);
  }],
  [0x75, (m) => {
    const items = popToMark(m);
    setItems(m, peek(m), items);
  }],
  [0x5d, push(() => ({ kind: 'list', items: [] }))],
  [0x6c, (m) => {
    const items = popToMark(m);
    m.stack.push({ kind: 'list', items });
  }],
  [0x61, (m) => {
    const item = pop(m);
    append(m, peek(m), [item]);
  }],
  [0x65, (m) => {
    const items = popToMark(m);
    append(m, peek(m), items);
  }],
  [0x29, push(() => ({ kind: 'tuple', items: [] }))],
  [0x85, (m) => tupleOfLast(m, 1)],
  [0x86, (m) => tupleOfLast(m, 2)],
  [0x87, (m) => tupleOfLast(m, 3)],
  [0x74, (m) => {
    const items = popToMark(m);
    m.stack.push({ kind: 'tuple', items });
  }],
  [0x71, (m) => void m.memo.set(m.reader.uint8('a memo index'), peek(m))],
  [0x72, (m) => void m.memo.set(m.reader.uint32('a memo index'), peek(m))],
  [0x94, (m) => void m.memo.set(m.memo.size, peek(m))],
  [0x68, (m) => memoGet(m, m.reader.uint8('a memo index'))],
  [0x6a, (m) => memoGet(m, m.reader.uint32('a memo index'))],
  [0x63, push((m) => {
    const module = readLine(m, 'the name of a module');
    return findGlobal(m, module, readLine(m, 'the name of a global'));
  })],
  [0x93, pushGlobalFromStack],
  [0x52, reduce],
  [0x62, build],
  [0x51, persistent],
]);
const stop = 0x2e;

/**
 * Reads one pickle at the reader's position and leaves the reader behind it. This is no unpickler: it knows the
 * opcodes and the names that files of tensors are made of, has no way to call anything else, and refuses every other
 * opcode and name with its offset. Work and memory grow with the bytes read. Throws {@link FormatError}.
 * Opcodes: Python's `pickletools`.
 */
export function readPickle(reader: ByteReader, world: PickleWorld): PickleValue {
  const machine: Machine = { reader, world, memo: new Map(), marks: [], stack: [], offset: reader.position };
  for (let first = true; ; first = false) {
    machine.offset = reader.position;
    const code = reader.uint8('a pickle');
    if (first && code !== 0x80) fail(machine, 'a pickle of protocol 2 or later expected');
    if (code === stop) break;
    const step = steps.get(code);
    if (!step) {
      const shown = code.toString(16).padStart(2, '0');
      return fail(machine, `pickle opcode 0x${shown} is not one that tensors need; refused`);
    }
    step(machine);
  }
  if (machine.marks.length > 0 || machine.stack.length !== 1) fail(machine, 'the pickle ends with values left over');
  return pop(machine);
}
