import type { Params } from '../tensor/index.ts';
import type { ParameterSpecs } from './types.ts';

const prefixOf = (index: number): string => `manipulation.${index}.`;

/** The parameters of all manipulations, named `manipulation.<index>.<name>`. */
export function parametersOf(manipulations: readonly { readonly parameters: ParameterSpecs }[]): ParameterSpecs {
  return Object.fromEntries(
    manipulations.flatMap(({ parameters }, index) =>
      Object.entries(parameters).map(([name, spec]) => [`${prefixOf(index)}${name}`, spec] as const),
    ),
  );
}

/** The part of a parameter tree that belongs to one manipulation, under its own names. */
export function ownParameters(params: Params, index: number): Params {
  const prefix = prefixOf(index);
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
}
