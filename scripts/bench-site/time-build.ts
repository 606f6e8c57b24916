import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../parts/root.ts';

export interface TimedBuild {
  /** From the start of the command to its end. */
  readonly seconds: number;
  /** The largest sum of resident memory of the command and all it started; NaN where the system doesn't tell. */
  readonly peakBytes: number;
  /** What the command printed. */
  readonly said: string;
}

/** Milliseconds between two looks at the memory. */
const interval = 200;

/** Runs `npm run build` into `out` with this environment. @throws {Error} with what it printed when it fails. */
export async function timeBuild(out: string, env: Readonly<Record<string, string>>): Promise<TimedBuild> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'build.ts'), '--out', out], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  let peakBytes = NaN;
  const watch = setInterval(() => {
    const now = memoryOfTree(child.pid ?? 0);
    if (now > 0) peakBytes = Number.isNaN(peakBytes) ? now : Math.max(peakBytes, now);
  }, interval);
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  clearInterval(watch);
  if (code !== 0) throw new Error(`The build into ${out} ended with code ${code}.\n${said}`);
  return { seconds: (performance.now() - began) / 1000, peakBytes, said };
}

/** Resident bytes of a process and all its descendants, from /proc; 0 where there is no such thing. */
function memoryOfTree(pid: number): number {
  if (!existsSync('/proc/self/stat')) return 0;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), bytes: Number(fields[21]) * 4096 }];
    } catch {
      return [];
    }
  });
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const sum = (each: number): number => (children.get(each) ?? []).reduce((total, child) => total + child.bytes + sum(child.pid), 0);
  return (processes.find((each) => each.pid === pid)?.bytes ?? 0) + sum(pid);
}
