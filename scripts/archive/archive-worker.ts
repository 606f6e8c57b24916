import { parentPort, workerData } from 'node:worker_threads';
import type { ArchiveTask } from './pack-archive.ts';
import { writeArchive } from './write-archive.ts';

const { site, records, file }: ArchiveTask = workerData;
const searchIsThere = new Promise<void>((resolve) => parentPort?.once('message', () => resolve()));
parentPort?.postMessage(await writeArchive(site, records, file, searchIsThere));
