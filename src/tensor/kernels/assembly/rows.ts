// Products and quotients of every row with one row: what normalising the channels of pictures needs.
import { at } from './lanes';

export function multiplyRows(rows: i32, n: i32, x: usize, row: usize, y: usize): void {
  for (; rows > 0; rows--) {
    let i = 0;
    for (; i + 4 <= n; i += 4) v128.store(at(y, i), f32x4.mul(v128.load(at(x, i)), v128.load(at(row, i))));
    for (; i < n; i++) store<f32>(at(y, i), load<f32>(at(x, i)) * load<f32>(at(row, i)));
    x = at(x, n);
    y = at(y, n);
  }
}

export function divideRows(rows: i32, n: i32, x: usize, row: usize, y: usize): void {
  for (; rows > 0; rows--) {
    let i = 0;
    for (; i + 4 <= n; i += 4) v128.store(at(y, i), f32x4.div(v128.load(at(x, i)), v128.load(at(row, i))));
    for (; i < n; i++) store<f32>(at(y, i), load<f32>(at(x, i)) / load<f32>(at(row, i)));
    x = at(x, n);
    y = at(y, n);
  }
}
