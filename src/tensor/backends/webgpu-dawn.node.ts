import { createRequire } from 'node:module';
import type { WebgpuSource } from './webgpu.ts';
import { readAtOnce } from './webgpu-read.ts';

const packageName = 'webgpu';
let started: WebgpuSource | undefined;

/**
 * Dawn, the WebGPU of Chromium, from the npm package `webgpu`. Its objects become global, as in a page.
 * @throws Error with a sentence when the package isn't there
 */
export async function dawnSource(): Promise<WebgpuSource> {
  if (started) return started;
  let dawn: { readonly create: (options: string[]) => GPU; readonly globals: object };
  let version: string;
  try {
    dawn = await import(packageName);
    ({ version } = createRequire(import.meta.url)(`${packageName}/package.json`));
  } catch {
    throw new Error(
      `The back-end "webgpu" in Node needs the optional package ${packageName} 0.6.2: run \`npm install ${packageName}@0.6.2\`, ` +
        'or use the back-end "wasm", which needs nothing.',
    );
  }
  const adapter = process.env['ATLAS_WEBGPU_ADAPTER'];
  const events = takeOverEvents();
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  started = {
    gpu,
    versions: { [packageName]: version },
    ...(adapter === undefined ? {} : { adapter }),
    complete: (backend, open) => {
      events.holdNothing();
      readAtOnce(backend, open, events.deliver);
    },
  };
  return started;
}

interface DawnEvents {
  /** Calls what Dawn left to be called; false when it left nothing. */
  readonly deliver: () => boolean;
  /** From now on Dawn's events keep no process alive. */
  readonly holdNothing: () => void;
}

/**
 * Dawn hands its events out from callbacks that it leaves with `setImmediate`, so between two turns of the event loop and
 * never within one. Here they are kept as well as scheduled, so that they can be called earlier. They are told from all
 * others by being native, without a name and without parameters.
 */
function takeOverEvents(): DawnEvents {
  const schedule = globalThis.setImmediate;
  const left = new Set<() => void>();
  let holds = true;
  const call = (callback: () => void): void => {
    if (left.delete(callback)) callback();
  };
  const keep = (callback: () => void): NodeJS.Immediate => {
    left.add(callback);
    const immediate = schedule(call, callback);
    return holds ? immediate : immediate.unref();
  };
  const replacement = <Given extends unknown[]>(callback: (...given: Given) => void, ...given: Given): NodeJS.Immediate => {
    const dawns = () => callback(...given);
    return isDawns(callback) ? keep(dawns) : schedule(callback, ...given);
  };
  globalThis.setImmediate = Object.assign(replacement, { __promisify__: schedule.__promisify__ });
  return {
    deliver: () => {
      const callbacks = [...left];
      callbacks.forEach(call);
      return callbacks.length > 0;
    },
    holdNothing: () => {
      holds = false;
    },
  };
}

const isDawns = (callback: { readonly name: string; readonly length: number }): boolean =>
  callback.name === '' && callback.length === 0 && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(callback));
