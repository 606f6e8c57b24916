import { build } from 'astro';
import { close, createIndex } from 'pagefind';
process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
await build({ root: process.cwd(), outDir: '/work/main/.atlas/dist-dev', logLevel: 'warn' });
const { index } = await createIndex();
const r = await index!.addDirectory({ path: '.atlas/dist-dev' }); console.log(r);
await index!.writeFiles({ outputPath: '.atlas/dist-dev/pagefind' }); await close();
