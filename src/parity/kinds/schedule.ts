import { z } from 'zod';
import { schedule } from '../../training/index.ts';
import type { ScheduleSpec } from '../../training/index.ts';
import { compare, shapeOf } from '../compare.ts';
import type { Runner } from '../types.ts';

const schema = z.looseObject({
  method: z.object({ steps: z.number(), warmUp: z.number(), base: z.number() }),
  schedules: z.record(z.string(), z.string()),
});
type Method = z.infer<typeof schema>['method'];

/** The numbers that stand in a description, by their place. */
function numbersOf(description: string, pattern: RegExp, otherwise: readonly number[]): readonly number[] {
  const match = pattern.exec(description);
  return match ? match.slice(1).map(Number) : otherwise;
}

/** The stored names and what they are here. Where a case describes a schedule in words, its numbers are read from them. */
const specs: Readonly<Record<string, (method: Method, description: string) => { spec: ScheduleSpec; total?: number }>> = {
  constant: () => ({ spec: { name: 'constant' } }),
  cosine: () => ({ spec: { name: 'cosine' } }),
  multistep: (_, description) => {
    const [factor = 0.1, first = 50, second = 72] = numbersOf(
      description,
      /times ([\d.]+) at .*\((\d+) % and (\d+) %\)/,
      [],
    );
    return { spec: { name: 'multistep', milestones: [first / 100, second / 100], factor } };
  },
  exponential: (_, description) => {
    const [factor = 0.96] = numbersOf(description, /([\d.]+)\^k/, []);
    return { spec: { name: 'exponential', factor } };
  },
  step: (_, description) => {
    const [factor = 0.96, every = 2] = numbersOf(description, /([\d.]+)\^\(k div (\d+)\)/, []);
    return { spec: { name: 'step', every, factor } };
  },
  'linear-warm-up-cosine': ({ warmUp, steps }) => ({ spec: { name: 'linear-warm-up-cosine', warmUp: warmUp / steps } }),
  'linear-warm-up-linear': ({ warmUp, steps }) => ({ spec: { name: 'linear-warm-up-linear', warmUp: warmUp / steps } }),
  'constant-first-epoch-cosine': (_, description) => {
    const [first = 1e-5] = numbersOf(description, /^([\d.e-]+) in/, []);
    return { spec: { name: 'constant-first-cosine', first } };
  },
  // torch's OneCycleLR was made for one step more than was recorded: its constructor already takes the first.
  'one-cycle': ({ steps }) => ({ spec: { name: 'one-cycle' }, total: steps + 1 }),
};

/** Every schedule of the case at every step. */
export const runner: Runner = async (oracle) => {
  const { method, schedules } = schema.parse(oracle.json);
  return Object.entries(schedules).map(([name, description]) => {
    const make = specs[name];
    if (!make) throw new Error(`Nothing here stands for the schedule '${name}'.`);
    const { spec, total = method.steps } = make(method, description);
    const rate = schedule(spec, { base: method.base, steps: total });
    const tensor = `expect.${name}`;
    const count = shapeOf(oracle, tensor)[0] ?? 0;
    return compare(oracle, tensor, Array.from({ length: count }, (_, k) => rate(k)));
  });
};
