/** npm run swiftshader -- SCRIPT: a script with SwiftShader as its graphics adapter. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { swiftShaderEnvironment } from './swiftshader-environment.ts';

const help = `npm run swiftshader -- SCRIPT [ARGUMENT …]
Runs a script with SwiftShader, a graphics adapter that computes on the processor, so that the back-end "webgpu" can be
tried where there is no graphics card: the numbers are real, the speed is not (about 0.4 GFLOP/s). Linux on x86-64.

  npm run swiftshader -- scripts/parity.ts --backend webgpu
  npm run swiftshader -- scripts/bench.ts run --backend webgpu --preset quick --out /tmp/try`;

const [script, ...words] = process.argv.slice(2);
if (script === undefined || script === '--help' || script === '-h') {
  console.log(help);
  process.exitCode = script === undefined ? 2 : 0;
} else {
  try {
    const env = { ...process.env, ...(await swiftShaderEnvironment()) };
    const child = spawn(process.execPath, [script, ...words], { stdio: 'inherit', env });
    // A terminal sends Ctrl-C to the child as well, which ends in its own way.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
