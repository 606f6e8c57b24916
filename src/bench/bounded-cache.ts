/** Remembers the last `capacity` values by key; what falls out is handed to `release`. */
export interface BoundedCache<Value> {
  readonly get: (key: string, make: () => Promise<Value>) => Promise<Value>;
}

export function boundedCache<Value>(capacity: number, release: (value: Value) => void = () => {}): BoundedCache<Value> {
  const entries = new Map<string, Value>();
  return {
    get: async (key, make) => {
      const known = entries.get(key);
      if (known !== undefined) {
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      const value = await make();
      entries.set(key, value);
      for (const [oldest, old] of entries) {
        if (entries.size <= capacity) break;
        entries.delete(oldest);
        release(old);
      }
      return value;
    },
  };
}
