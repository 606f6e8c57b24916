/** `node scripts/bootstrap.mjs scripts/serve.ts [--port N]`: serves the built site until Ctrl-C. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './parts/root.ts';
import { portOption } from './port-option.ts';
import { serveFolder } from './static-server.ts';
import { stopSignal } from './stop-signal.ts';

const folder = join(root, 'dist');
if (!existsSync(join(folder, 'index.html'))) {
  console.error('There is no built site in dist/: run `npm run build` first.');
  process.exitCode = 1;
} else {
  try {
    const signal = stopSignal();
    const server = await serveFolder(folder, portOption(process.argv.slice(2), 4321));
    console.log(`The site is at ${server.address} (Ctrl-C ends)`);
    signal.addEventListener('abort', () => void server.close());
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
