import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { examined } from './examined.ts';

const root = join(import.meta.dirname, '..', '..');

/** What the configuration says in a process with the given environment: its JSON, or the message it ends with. */
function configuration(variables: Readonly<Record<string, string>>): { readonly config: unknown; readonly unset: string | null } | string {
  const script = `
    import { siteConfig, whatIsUnset } from ${JSON.stringify(join(root, 'src', 'site', 'data', 'site-config.ts'))};
    console.log(JSON.stringify({ config: siteConfig, unset: whatIsUnset() ?? null }));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ATLAS_SITE_URL: '', ATLAS_BASE: '/', ATLAS_REPOSITORY_URL: '', ...variables },
  });
  if (status !== 0) return /Error: (.*)/.exec(stderr)?.[1] ?? stderr;
  return JSON.parse(stdout);
}

test('the site’s addresses come from the environment, with slashes where they belong', () => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const known = configuration({ ATLAS_SITE_URL: 'https://atlas.example/', ATLAS_BASE: 'atlas', ATLAS_REPOSITORY_URL: 'https://code.example/a/atlas/' });
  assert.deepEqual(known, {
    config: { siteUrl: 'https://atlas.example', base: '/atlas/', repositoryUrl: 'https://code.example/a/atlas', version },
    unset: null,
  });
});

test('what is unset is left out, and one line says so', () => {
  const unknown = configuration({});
  assert.ok(typeof unknown !== 'string', String(unknown));
  assert.deepEqual(z.object({ siteUrl: z.string(), base: z.string() }).parse(unknown.config), { siteUrl: '', base: '/' });
  assert.match(unknown.unset ?? '', /no siteUrl, so pages carry no canonical address.*no repositoryUrl, so pages carry no edit link\.$/);
  assert.doesNotMatch(unknown.unset ?? '', /\n/);
});

test('an address that can’t be one is named with its place and what to write', () => {
  const wrong = [
    [{ ATLAS_SITE_URL: 'http://atlas.example' }, /^ATLAS_SITE_URL is "http:\/\/atlas\.example": write an address that starts with https:/],
    [{ ATLAS_SITE_URL: 'atlas.example' }, /^ATLAS_SITE_URL is "atlas\.example"/],
    [{ ATLAS_SITE_URL: 'https://x.example/atlas/' }, /has a path: write "https:\/\/x\.example", and the path "\/atlas\/" as the base/],
    [{ ATLAS_BASE: '/a b/' }, /^ATLAS_BASE is "\/a b\/": write the path/],
    [{ ATLAS_BASE: '../x' }, /^ATLAS_BASE is "\.\.\/x"/],
    [{ ATLAS_REPOSITORY_URL: 'git@code.example:a.git' }, /^ATLAS_REPOSITORY_URL is "git@code\.example:a\.git"/],
  ] as const;
  for (const [variables, message] of wrong) {
    const told = configuration(variables);
    assert.ok(typeof told === 'string', JSON.stringify(told));
    assert.match(told, message);
  }
});

test('no page writes an address of its own site by hand: each goes through href', (context) => {
  const folder = join(root, 'src', 'site');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(astro|ts)$/.test(path));
  const byHand = files.flatMap((path) =>
    readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .flatMap((line, i) => (/\b(href|src|action)=["']\/(?!\/)|\b(href|src|action)=\{[`'"]\//.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
  assert.deepEqual(byHand, []);
  examined(context, files.length, 80, 'files');
});

const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({ 'timeout-minutes': z.number(), steps: z.array(z.looseObject({ uses: z.string().optional(), run: z.string().optional(), env: z.record(z.string(), z.string()).optional() })) }),
  ),
});

test('workflows run commands that there are, with actions pinned to a major version and few permissions', (context) => {
  const folder = join(root, '.github', 'workflows');
  const { scripts } = z.looseObject({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  let steps = 0;
  const variables = new Set<string>();
  for (const file of readdirSync(folder)) {
    const { permissions, jobs } = workflow.parse(parseYaml(readFileSync(join(folder, file), 'utf8')));
    assert.deepEqual(permissions, { contents: 'read' }, file);
    for (const step of Object.values(jobs).flatMap((job) => job.steps)) {
      steps += 1;
      if (step.uses !== undefined) assert.match(step.uses, /^actions\/[a-z-]+@v\d+$/, file);
      const command = /^npm (?:run )?([\w:]+)/.exec(step.run ?? '')?.[1];
      if (step.run !== undefined) assert.ok(command !== undefined && command in scripts, `${file}: ${step.run}`);
      for (const name of Object.keys(step.env ?? {})) variables.add(name);
    }
  }
  assert.deepEqual([...variables].sort(), ['ATLAS_BASE', 'ATLAS_REPOSITORY_URL', 'ATLAS_SITE_URL']);
  examined(context, steps, 10, 'steps');
});
