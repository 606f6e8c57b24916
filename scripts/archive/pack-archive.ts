import { Worker } from 'node:worker_threads';
import type { SearchRecord } from '../../src/site/index.ts';
import type { WrittenArchive } from './write-archive.ts';

/** What {@link writeArchive} is asked for. */
export interface ArchiveTask {
  readonly site: string;
  readonly records: readonly SearchRecord[];
  readonly file: string;
}

export interface ArchiveUnderWay {
  /** Says that the files of the search are there, and waits for the zip. @throws what went wrong in the thread */
  finish(): Promise<WrittenArchive>;
  /** Ends the thread, where it still runs. */
  stop(): Promise<unknown>;
}

/** Begins to pack the offline archive in a thread of its own, beside the search index, whose program runs in another process. */
export function packArchive(task: ArchiveTask): ArchiveUnderWay {
  const worker = new Worker(new URL('./archive-worker.ts', import.meta.url), { workerData: task });
  const written = new Promise<WrittenArchive>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that packs the offline archive ended with code ${code}.`)));
  });
  // It is asked for later; until then a failure must not end the build without a word about what was being done.
  written.catch(() => undefined);
  return {
    finish() {
      worker.postMessage('the search is there');
      return written;
    },
    stop: () => worker.terminate(),
  };
}
