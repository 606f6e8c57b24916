import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName } from '../../src/assets/index.ts';
import { RequestError, everyTrial } from '../../src/bench/index.ts';
import { findRunners, readCases } from '../../src/parity/index.node.ts';
import { agreementProblems, agreementSchema } from '../../src/results/index.ts';
import type { Agreement } from '../../src/results/index.ts';
import { useBackend } from '../../src/tensor/index.ts';
import { parityPart } from './order.ts';
import type { Order } from './order.ts';
import { putTogether } from './put-together.ts';
import type { Part, Plan } from './put-together.ts';
import { runBackend } from './run-backend.ts';
import type { Tried } from './run-backend.ts';
import { writeWhole } from './stored-part.ts';

export interface AgreeOptions {
  readonly root: string;
  /** `wasm,cpu`: the first is the reference. */
  readonly backends: string;
  /** Ids of parts, `*` for anything; everything if absent. */
  readonly only?: readonly string[];
  /** Parts and answer go below this folder. */
  readonly out?: string;
  readonly resume: boolean;
  /** Nothing is run: what was tried before, here or elsewhere, is compared. */
  readonly tried: boolean;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

const known = ['wasm', 'cpu', 'node', 'webgpu'] as const satisfies readonly Order['backend'][];

function readBackends(text: string): readonly [Order['backend'], ...Order['backend'][]] {
  const [first, ...others] = text.split(',').map((each) => {
    const name = each.trim();
    const found = known.find((backend) => backend === name);
    if (!found) throw new RequestError(`--backends: ${unknownName('back-end', name, known)}`);
    return found;
  });
  if (!first || others.length === 0) throw new RequestError('--backends needs at least two, the first the one to compare with: wasm,cpu');
  const twice = others.find((each, index) => each === first || others.indexOf(each) < index);
  if (twice) throw new RequestError(`--backends names "${twice}" twice`);
  return [first, ...others];
}

/** @throws RequestError when a pattern names no part */
function chosen({ kinds, trials }: Plan, only: readonly string[] | undefined): Plan {
  if (!only) return { kinds, trials };
  const ids = [...kinds.map(parityPart), ...trials.map(({ id }) => id)];
  const matchers = only.map((pattern) => {
    const matcher = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
    if (!ids.some((id) => matcher.test(id))) throw new RequestError(`--only: ${unknownName('part', pattern, ids)}`);
    return matcher;
  });
  const isChosen = (id: string): boolean => matchers.some((matcher) => matcher.test(id));
  return { kinds: kinds.filter((kind) => isChosen(parityPart(kind))), trials: trials.filter(({ id }) => isChosen(id)) };
}

const wasTried = (folder: string): Tried => (existsSync(join(folder, 'backend.json')) ? { tried: true } : { tried: false, reason: 'It was not tried yet.' });

/** What the command came to. */
export interface Agreed {
  readonly agreement: Agreement;
  /** A sentence for everything that disagrees or failed. */
  readonly problems: readonly string[];
  /** Where the account was written; undefined where only some parts were asked for and no folder was named. */
  readonly file: string | undefined;
  readonly interrupted: boolean;
}

/**
 * Tries every back-end, each in a process of its own, one after the other, and compares.
 * @throws RequestError when the request is wrong
 */
export async function agree({ root, backends, only, out, resume, tried: runsNothing, signal, report }: AgreeOptions): Promise<Agreed> {
  const names = readBackends(backends);
  const oracles = join(root, 'tests', 'oracles');
  await useBackend('wasm'); // to see which networks take which methods
  const runners = await findRunners();
  const kinds = new Set(readCases(oracles, 1).flatMap((found) => ('oracle' in found ? [found.oracle.kind] : [])).filter((kind) => runners.has(kind)));
  const plan = chosen({ kinds: [...kinds].sort(), trials: everyTrial() }, only);
  const base = out === undefined ? join(root, '.atlas', 'agreement') : join(out, 'agreement');
  const parts: Part[] = [];
  for (const backend of names) {
    const folder = join(base, backend);
    const order: Order = {
      backend,
      folder,
      oracles,
      root,
      kinds: [...plan.kinds],
      trials: plan.trials.map((trial) => ({ ...trial, places: [...trial.places] })),
      resume,
      isReference: backend === names[0],
      keys: [],
      except: [],
    };
    if (!runsNothing && !resume && only === undefined) rmSync(folder, { recursive: true, force: true });
    const tried = runsNothing ? wasTried(folder) : await runBackend(order, report, signal);
    if (!tried.tried) report(`${backend}: ${tried.reason}`);
    parts.push({ name: backend, folder, tried });
    if (signal.aborted) break;
  }
  const [first, ...others] = parts;
  if (!first) throw new RequestError('No back-end was named.');
  const agreement = agreementSchema.parse(putTogether(plan, [first, ...others], new Date().toISOString()));
  const isWhole = only === undefined && !signal.aborted;
  const file = isWhole || out !== undefined ? join(out ?? join(root, 'benchmarks'), 'agreement.json') : undefined;
  if (file !== undefined) writeWhole(file, `${JSON.stringify(agreement, null, 1)}\n`);
  return { agreement, problems: agreementProblems(agreement), file, interrupted: signal.aborted };
}
