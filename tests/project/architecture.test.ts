import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importTable } from '../../scripts/lint/rooms.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const documents = ['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md'];

/** The cells of the table under a heading, without its first two lines. */
function tableUnder(heading: string): string[][] {
  const section = read('ARCHITECTURE.md').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? []);

test('the import table in ARCHITECTURE.md is the one that the lint holds the code to', () => {
  const written = tableUnder('Rooms').map(([room = '', , imports = '']) => {
    const parts = imports.split(', ').filter((part) => part !== 'nothing');
    const types = parts.filter((part) => part.endsWith('(types)'));
    return [quoted(room)[0], { values: quoted(parts.filter((part) => !types.includes(part)).join()), types: quoted(types.join()) }];
  });
  assert.deepEqual(Object.fromEntries(written), importTable);
});

test('every room has a row, and every row but the announced one has a room', () => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(rooms.map(({ name }) => name).filter((name) => !(name in importTable)), []);
  assert.ok(rooms.length > 10);
});

test('the table of dependencies names each package once, and no other', () => {
  const named = tableUnder('Dependencies').flatMap(([packages = '']) => quoted(packages));
  const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
  const wanted = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  assert.deepEqual(named.toSorted(), wanted.toSorted());
});

test('every file and command that the documents name exists', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
  let examined = 0;
  for (const document of documents) {
    for (const name of quoted(read(document))) {
      const command = /^npm run ([\w:]+)/.exec(name)?.[1];
      const isPath = /^\.?[\w.-]+\/[\w./-]*$/.test(name) && /^(src|scripts|tests|content|benchmarks|docs)\//.test(name);
      if (command !== undefined) assert.ok(command in scripts, `${document}: ${name}`);
      if (isPath) assert.ok(existsSync(join(root, name)), `${document}: ${name}`);
      examined += Number(command !== undefined || isPath);
    }
  }
  assert.ok(examined > 30);
});
