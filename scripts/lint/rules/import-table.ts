import { importsOf } from '../imports.ts';
import { importTable, roomOf, sideDoors } from '../rooms.ts';
import { isCode, type Finding, type Rule } from '../rule.ts';

/** Rooms import only what the table grants them; TensorFlow.js comes in through `tensor` alone. */
export const importTableRule: Rule = {
  name: 'import-table',
  promise: 'a room imports only the rooms that the table in ARCHITECTURE.md grants it',
  appliesTo: (path) => isCode(path) && roomOf(path) !== undefined,
  check(source) {
    const room = roomOf(source.path) ?? '';
    const granted = importTable[room];
    if (granted === undefined) {
      return [{ file: source.path, line: 1, message: `"${room}" is not in the import table: add a row for it to scripts/lint/rooms.ts` }];
    }
    return importsOf(source).flatMap(({ specifier, target, line, typesOnly }): Finding[] => {
      if (specifier.startsWith('@tensorflow/') && room !== 'tensor') {
        return [{ file: source.path, line, message: `${specifier} comes in through src/tensor/index.ts alone` }];
      }
      const other = target === undefined ? undefined : roomOf(target);
      if (target === undefined || other === room) return [];
      if (other === undefined) {
        const outside = /^(scripts|tests)\//.test(target);
        return outside ? [{ file: source.path, line, message: `src/ imports nothing from ${target}` }] : [];
      }
      if (granted.values.includes(other) || (granted.types.includes(other) && typesOnly)) return [];
      if (sideDoors.some((door) => door.file === target && source.path.startsWith(door.from))) return [];
      const why = granted.types.includes(other) ? `only types of "${other}": write \`import type\`` : listed(granted);
      return [{ file: source.path, line, message: `"${room}" may not import "${other}" (${specifier}); it may import ${why}` }];
    });
  },
};

function listed({ values, types }: { readonly values: readonly string[]; readonly types: readonly string[] }): string {
  const names = [...values, ...types.map((name) => `${name} (types)`)];
  return names.length === 0 ? 'no other room' : names.join(', ');
}
