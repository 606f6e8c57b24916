/**
 * A thread that renders the texts of the methods from the last to the first and keeps them, while the build, which takes
 * them from the first on, is still bundling: they meet in the middle. What is wrong with the content is told by the build.
 */
import { parseCatalogue } from '../../knowledge/index.ts';
import { readContentFolder } from '../../knowledge/index.node.ts';
import { folders } from './project.ts';
import { textRenderer } from './text-renderer.ts';

const { methods, works } = parseCatalogue(readContentFolder(folders.content));
// Records are read only where a text quotes one.
const { render } = await textRenderer(works, async () => (await import('./tables.ts')).tables);
for (const { text } of methods.toReversed()) await render(text);
