/** npm run validate -- [--json] [--root DIR]: checks every content file and names all mistakes. */
import { parseArgs } from 'node:util';
import { rules, validateContent } from '../src/knowledge/index.ts';
import { readContentFolder } from '../src/knowledge/index.node.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, root: { type: 'string', default: 'content' } },
});
const report = validateContent(readContentFolder(values.root), { today: new Date().toISOString().slice(0, 10) });

if (values.json) {
  console.log(JSON.stringify(report, null, 2));
} else {
  for (const { file, line, column, rule, found, allowed, suggestion, fixed } of report.errors) {
    console.error(`${values.root}/${file}:${line}:${column}  ${rule}: ${rules[rule]}`);
    if (found !== '') console.error(`  found    ${found}`);
    console.error(`  allowed  ${allowed}`);
    if (suggestion !== null) console.error(`  nearest  ${suggestion}`);
    if (fixed !== null) console.error(`  write    ${fixed}`);
  }
  const { read, errors } = report;
  const folders = 'methods/, models/, tasks/ or concepts/';
  if (read === 0) console.error(`No entry found below "${values.root}": expected Markdown files in ${folders}.`);
  else console.log(`${read} entries read, ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}.`);
}
process.exitCode = report.read === 0 ? 2 : report.errors.length > 0 ? 1 : 0;
