import { Worker } from 'node:worker_threads';
import { Session } from 'node:inspector';
import { writeFileSync } from 'node:fs';
// sample main thread from a worker via inspector
const w = new Worker(`
const { Session } = require('node:inspector');
const s = new Session(); s.connectToMainThread();
setTimeout(() => {
  s.post('Profiler.enable'); s.post('Profiler.start', () => {
    setTimeout(() => s.post('Profiler.stop', (e, r) => { require('fs').writeFileSync('/tmp/prof/p.json', JSON.stringify(r?.profile ?? String(e))); process.exit(0); }), 3000);
  });
}, 45000);
`, { eval: true });
w.unref();
setTimeout(()=>{},1);
await import('./build.ts');
