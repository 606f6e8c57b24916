import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

/** Says how much a check looked at, and fails it where that is less than it has to be. */
export function examined(test: TestContext, count: number, floor: number, what: string): void {
  test.diagnostic(`examined ${count.toLocaleString('en')} ${what}`);
  assert.ok(floor > 0, 'a floor is above zero');
  assert.ok(count >= floor, `only ${count} ${what}, at least ${floor} were expected`);
}
