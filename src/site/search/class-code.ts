import { alignments, configurations, locations, operators } from '../../taxonomy/index.ts';
import type { TaxonomyClass } from '../../taxonomy/index.ts';

const digits = <T>(all: readonly T[], values: readonly T[]): string => values.map((value) => all.indexOf(value)).join('');
const values = <T>(all: readonly T[], code: string | undefined): readonly T[] =>
  [...(code ?? '')].flatMap((digit) => all[Number(digit)] ?? []);

/** A class as digits, the places of its values in each dimension: learnable, input, additive, statistical or linear gives `q0-0-0-23`. */
export function classCode({ configuration, location, operator, alignment }: TaxonomyClass): string {
  return `q${digits(configurations, configuration)}-${digits(locations, location)}-${digits(operators, operator)}-${digits(alignments, alignment)}`;
}

/** The class that a code says; undefined for anything that is no code. */
export function classOfCode(code: string): TaxonomyClass | undefined {
  const sets = /^q(\d*)-(\d*)-(\d*)-(\d*)$/.exec(code)?.slice(1);
  if (!sets) return undefined;
  return {
    configuration: values(configurations, sets[0]),
    location: values(locations, sets[1]),
    operator: values(operators, sets[2]),
    alignment: values(alignments, sets[3]),
  };
}
