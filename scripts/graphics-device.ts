/** What the back-end "webgpu" computes on, as JSON; one sentence and exit code 1 where there is nothing. */
import { useBackend } from '../src/tensor/index.ts';

try {
  console.log(JSON.stringify(await useBackend('webgpu'), undefined, 2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
