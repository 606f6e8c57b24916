import { fork } from 'node:child_process';
import { tidingsSchema } from './order.ts';
import type { Order, Tidings } from './order.ts';
import { writePart } from './stored-part.ts';

/** Whether a back-end could be tried, or why not. */
export type Tried = { readonly tried: true } | { readonly tried: false; readonly reason: string };

interface Ending {
  /** Undefined where the worker ended before it was ready, or died. */
  readonly how: 'end' | 'unusable' | 'missing' | undefined;
  readonly reason: string;
  readonly key: string | undefined;
  /** The part in which it died, or after which its device was unusable. */
  readonly during: string | undefined;
}

/**
 * Works through an order in a process of its own, since a process has one back-end. A process that dies costs the part it
 * was at, which is written as failed; another goes on with the rest.
 */
export async function runBackend(order: Order, report: (line: string) => void, signal: AbortSignal): Promise<Tried> {
  const except: string[] = [...order.except];
  const keys: string[] = [...order.keys];
  for (;;) {
    const { how, reason, key, during } = await oneWorker({ ...order, keys, except }, report, signal);
    if (how === 'end' || signal.aborted) return { tried: true };
    if (how === 'missing') return { tried: false, reason };
    if (key === undefined) return { tried: false, reason: `its process ended before it was ready (${reason})` };
    if (during === undefined) return { tried: true };
    keys.push(key);
    except.push(during);
    if (how === undefined) {
      const sentence = `The process of the back-end "${order.backend}" ended in the middle of it (${reason}).`;
      report(`${order.backend} ${during}: ${sentence}`);
      writePart(order.folder, during, { key, seconds: 0, result: { as: 'failed', reason: sentence, lacking: false } });
    }
  }
}

function oneWorker(order: Order, report: (line: string) => void, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const worker = fork(new URL('./worker.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const stop = (): void => void worker.kill('SIGKILL');
    signal.addEventListener('abort', stop);
    let ending: Ending = { how: undefined, reason: '', key: undefined, during: undefined };
    const hear = (tidings: Tidings): Partial<Ending> => {
      switch (tidings.is) {
        case 'listening':
          worker.send(order);
          return {};
        case 'done':
          report(`${order.backend} ${tidings.part}: ${tidings.outcome}, ${tidings.seconds.toFixed(1)} s`);
          return { during: undefined };
        case 'missing':
          return { how: 'missing', reason: tidings.reason };
        case 'ready':
          return { key: tidings.key };
        case 'at':
          return { during: tidings.part };
        case 'unusable':
          return { how: 'unusable', during: tidings.part };
        case 'end':
          return { how: 'end', during: undefined };
      }
    };
    worker.on('message', (message) => {
      ending = { ...ending, ...hear(tidingsSchema.parse(message)) };
    });
    worker.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      resolve({ ...ending, reason: ending.reason || (killedBy ?? `code ${code}`) });
    });
  });
}
