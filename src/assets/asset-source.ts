import type { TensorData } from './tensor-data.ts';
import { openHomeMade } from './home-made.ts';

/** An asset's decoded content, checked against the digest it is known by. */
export interface OpenedAsset {
  readonly id: string;
  /** SHA-256 of the content; see `digestContent`. */
  readonly digest: string;
  readonly tensors: ReadonlyMap<string, TensorData>;
  /**
   * `classes`: one class name a line, in the order of the labels; `train-sentences` and `test-sentences`: one a line;
   * `model.json`: the card of home-made weights; `config.json` and other files that come with a language model.
   */
  readonly text: ReadonlyMap<string, string>;
}

/** Where assets come from. */
export interface AssetSource {
  /** Throws {@link AssetUnavailable} when the asset can't be had here. */
  readonly open: (id: string) => Promise<OpenedAsset>;
}

/** An asset that can't be had, with what was tried and why each attempt failed. */
export class AssetUnavailable extends Error {
  readonly id: string;
  readonly reason: string;

  constructor(id: string, reason: string) {
    super(`asset ${id} is not available: ${reason}`);
    this.name = 'AssetUnavailable';
    this.id = id;
    this.reason = reason;
  }
}

export interface FetchedAssets {
  /** The folder that holds `<id>/model.json` and `<id>/weights.safetensors`, without a slash at the end. */
  readonly baseUrl: string;
  readonly fetch?: (url: string) => Promise<Response>;
}

/** Home-made assets over HTTP, for a page: each is checked against the digest in its card. Nothing else is on offer. */
export function fetchAssetSource({ baseUrl, fetch: get = (url) => fetch(url) }: FetchedAssets): AssetSource {
  const open = async (id: string): Promise<OpenedAsset> => {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) throw new AssetUnavailable(id, 'no asset has such a name');
    return openHomeMade(id, async (name) => {
      const url = `${baseUrl}/${id}/${name}`;
      const response = await get(url).catch((error: unknown) => {
        throw new AssetUnavailable(id, `${url}: ${error instanceof Error ? error.message : String(error)}`);
      });
      if (!response.ok) throw new AssetUnavailable(id, `${url}: HTTP ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    });
  };
  return { open };
}
