import { modelFromTfjs, modelFromTorch, picturesFromIdx, picturesFromNpy } from './converters.ts';
import type { Converter, PictureFiles } from './converters.ts';

/** One file of a source. */
export interface SourceFile {
  /** Its name in the cache and for the converter. */
  readonly name: string;
  /** Path below the mirror folder, or address. */
  readonly at: string;
  /** SHA-256 of the file, where its packing is known. */
  readonly sha256?: string;
  /** SHA-256 of what the gzip file unfolds to. A file is used only when all digests that are stated agree. */
  readonly unpackedSha256?: string;
}

/** One way to get an asset. */
export interface Source {
  /** `mirror`: below a folder that the user has; `upstream`: where the authors, or a public copy, keep it. */
  readonly route: 'mirror' | 'upstream';
  /** True where the addresses were written down from memory and have not been tried. The digests hold all the same. */
  readonly restsOnMemory: boolean;
  readonly files: readonly SourceFile[];
  readonly convert: Converter;
}

export interface Licence {
  readonly name: string;
  readonly url?: string;
  readonly nonCommercial: boolean;
}

/** A data set or a set of weights that comes from elsewhere. */
export interface AssetRow {
  readonly id: string;
  readonly kind: 'dataset' | 'weights';
  readonly title: string;
  readonly licence: Licence;
  /** Key in the bibliography. */
  readonly citation: string;
  /** Of the decoded content (see `digestContent`): this is what the asset *is*, however its files are packed. */
  readonly contentDigest: string;
  /** What a reader of numbers on it must know. */
  readonly note?: string;
  /** In the order in which they are tried. Without an upstream one the asset comes only as a pack, from a mirror. */
  readonly sources: readonly Source[];
}

const idxFiles: PictureFiles = {
  'train-images': 'train-images-idx3-ubyte.gz',
  'train-labels': 'train-labels-idx1-ubyte.gz',
  'test-images': 't10k-images-idx3-ubyte.gz',
  'test-labels': 't10k-labels-idx1-ubyte.gz',
};
const partFiles: PictureFiles = {
  ...idxFiles,
  'test-images': 'test-images-idx3-ubyte.gz',
  'test-labels': 'test-labels-idx1-ubyte.gz',
};
const arrayFiles: PictureFiles = {
  'train-images': 'train_x.npy',
  'train-labels': 'train_y.npy',
  'test-images': 'test_x.npy',
  'test-labels': 'test_y.npy',
};

type Digests = Readonly<Record<string, { readonly sha256?: string; readonly unpackedSha256?: string }>>;

function filesIn(folder: string, digests: Digests): SourceFile[] {
  return Object.entries(digests).map(([name, digest]) => ({ name, at: `${folder}/${name}`, ...digest }));
}

function withoutPacking(digests: Digests): Digests {
  const bare = Object.entries(digests).map(
    ([name, { unpackedSha256 }]) => [name, unpackedSha256 ? { unpackedSha256 } : {}] as const,
  );
  return Object.fromEntries(bare);
}

const mnistFiles: Digests = {
  'train-images-idx3-ubyte.gz': {
    sha256: '71524e2cd1ad2968737f7f2f2ff69cbfc32df8ccddff51593f7cb2d4e0eb5b64',
    unpackedSha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  'train-labels-idx1-ubyte.gz': {
    sha256: 'fe03b8bd7915f70bf5aa08be480aa413fbd85afcaa58b35d230d335f284fd88e',
    unpackedSha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  't10k-images-idx3-ubyte.gz': {
    sha256: '5634745efa576a17e7d4cf5cd9d09123c75e6538e5114267c2d156edaf519341',
    unpackedSha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  't10k-labels-idx1-ubyte.gz': {
    sha256: 'ae18e77e031ccde52407f794d123116439864147d33ac992975f85dd4dc42af6',
    unpackedSha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
};
const fashionFiles: Digests = {
  'train-images-idx3-ubyte.gz': {
    sha256: 'a26751d72d89606ffbfdd4dd5d16911f01e93a7ff4783c95da7307a073d79fa7',
    unpackedSha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  },
  'train-labels-idx1-ubyte.gz': {
    sha256: 'a578f3c9ec239359c0d23abadc5d55e4a4fb20df357215637b7a2f127b006a74',
    unpackedSha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  },
  't10k-images-idx3-ubyte.gz': {
    sha256: '78cb45a589ec14266eab4ac0cb2e9e10a4c076ae2d337fe86383d761bff83f32',
    unpackedSha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  },
  't10k-labels-idx1-ubyte.gz': {
    sha256: 'ae04cd950ab214637dd08f56319057c2ae10cbb660f742681f426479e3d51363',
    unpackedSha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
};

const github = 'https://raw.githubusercontent.com';
const fashionRepository = `${github}/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141`;
const ml5Repository = `${github}/ml5js/ml5-data-and-models/0612a3e7c51cbffdc5db701dff49d16d1ac26fa8`;
const cifarNetRepository = `${github}/akamaster/pytorch_resnet_cifar10/d5489e8995e81e91ce6b1d69dcc98ad579b0b153`;

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const garments = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const cifarClasses = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

const doodlenetFiles: Digests = {
  'model.json': { sha256: 'b652eae4c567f2fff69c37b2f365f8622ad2712d88d32c7ac9187700266c0e46' },
  'group1-shard1of1.bin': { sha256: '91111f7bb89a7c41983e75d53f33c26b997d77d08a5c2801cbf51f07c443df83' },
  'class_names.txt': { sha256: '1bd82a29940199b411bf0ea54f3a1ee894c9f97bcffc674a369f037a770cbf5c' },
};
const doodlenetModel = modelFromTfjs('model.json', ['group1-shard1of1.bin'], 'class_names.txt');

interface CifarNet {
  readonly depth: number;
  readonly accuracy: string;
  readonly sha256: string;
  readonly contentDigest: string;
}

/** Checkpoints named after the first eight digits of their SHA-256, as upstream has them. */
function cifarNet({ depth, accuracy, sha256, contentDigest }: CifarNet): AssetRow {
  const file = `resnet${depth}-${sha256.slice(0, 8)}.th`;
  const convert = modelFromTorch(file, 'state_dict.module.');
  return {
    id: `resnet${depth}-cifar10`,
    kind: 'weights',
    title: `ResNet-${depth} for CIFAR-10 (option A shortcuts)`,
    licence: {
      name: 'BSD-2-Clause, © 2018 Yerlan Idelbayev',
      url: 'https://github.com/akamaster/pytorch_resnet_cifar10/blob/master/LICENSE',
      nonCommercial: false,
    },
    citation: 'idelbayev2018resnet',
    contentDigest,
    note: `${accuracy} % on the original CIFAR-10 test set, as stated in the checkpoint`,
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('models/resnet-cifar10/original', { [file]: { sha256 } }),
        convert,
      },
      { route: 'upstream', restsOnMemory: false, files: filesIn(`${cifarNetRepository}/pretrained_models`, { [file]: { sha256 } }), convert },
    ],
  };
}

/** Every asset that comes from elsewhere. Another one is another row. */
export const registry: readonly AssetRow[] = [
  {
    id: 'mnist',
    kind: 'dataset',
    title: 'MNIST handwritten digits',
    licence: { name: 'CC BY-SA 3.0 (as commonly stated)', nonCommercial: false },
    citation: 'lecun1998mnist',
    contentDigest: '6ffa3b6eab149803c2a040ebf1930b9353a332a9978b6760d00fd8168c05c16a',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('mnist', mnistFiles),
        convert: picturesFromIdx(idxFiles, digits),
      },
      {
        route: 'upstream',
        restsOnMemory: true,
        files: filesIn('https://ossci-datasets.s3.amazonaws.com/mnist', withoutPacking(mnistFiles)),
        convert: picturesFromIdx(idxFiles, digits),
      },
    ],
  },
  {
    id: 'fashion-mnist',
    kind: 'dataset',
    title: 'Fashion-MNIST',
    licence: {
      name: 'MIT, © 2017 Zalando SE',
      url: 'https://github.com/zalandoresearch/fashion-mnist/blob/master/LICENSE',
      nonCommercial: false,
    },
    citation: 'xiao2017fashion',
    contentDigest: 'fc1e906fb287a12ee61423373e6149c77f033cff4c9503c25ed305663b29e186',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('fashion-mnist', fashionFiles),
        convert: picturesFromIdx(idxFiles, garments),
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: filesIn(`${fashionRepository}/data/fashion`, withoutPacking(fashionFiles)),
        convert: picturesFromIdx(idxFiles, garments),
      },
    ],
  },
  {
    id: 'emnist-letters',
    kind: 'dataset',
    title: 'EMNIST Letters, a balanced part',
    licence: {
      name: 'no formal licence (made from NIST Special Database 19, a US government work)',
      nonCommercial: false,
    },
    citation: 'cohen2017emnist',
    contentDigest: '4c0fa6219d8c6330ea902aea8d917d6854bb93950d0ab1924925c721a1db3b89',
    note: '400 training and 100 test pictures of each letter, upright (the original is transposed), labels from 0 to 25',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('emnist-letters', {
          'train-images-idx3-ubyte.gz': { sha256: 'd7c703d8592f72f64f765aca075dd33947edb01693deeaddd785e2116969468b' },
          'train-labels-idx1-ubyte.gz': { sha256: '95c0121dcddb87055c7fdf55e75a11ef7c3b83ca78982d89ca5e1518b91fe291' },
          'test-images-idx3-ubyte.gz': { sha256: 'e468f6c66a592bd16e50dc85178562b765a2f61cb1c4a617de44ad5300016d15' },
          'test-labels-idx1-ubyte.gz': { sha256: 'c605e37d59e3742aea91ac038d5fb0fc0d248e1f32cbf8cccef87c2ebb7688f8' },
        }),
        convert: picturesFromIdx(partFiles, letters),
      },
    ],
  },
  {
    id: 'cifar10',
    kind: 'dataset',
    title: 'CIFAR-10, a balanced part, from JPEG copies',
    licence: {
      name: 'no formal licence; free for research with citation',
      url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
      nonCommercial: false,
    },
    citation: 'krizhevsky2009cifar',
    contentDigest: '45f64cab39059aedbde7f1c9dcce17711b59c26e87c1d1a133a825a9550996ec',
    note: '8,000 and 4,000 pictures out of lossy JPEG: a ResNet-20 with 91.7 % on the original has about 82 % on them',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('cifar10', {
          'train_x.npy': { sha256: '0bb9516667970cb89097e7739e3f159c7037f38a6023dd463803b0d657f24e68' },
          'train_y.npy': { sha256: 'fcf6839cefbe4cf5c3dd9487e50b650139b03813dd6b3a3f38aa50b3ed994456' },
          'test_x.npy': { sha256: '3bfd8765f2a0ff548d41feb46a2462242de756e6c3163aa50fd93c6947554587' },
          'test_y.npy': { sha256: 'fd7e2d7371237206e0c4cae220953baf3f37760219289092f53d808a9ffcb4a9' },
        }),
        convert: picturesFromNpy(arrayFiles, cifarClasses),
      },
    ],
  },
  {
    id: 'doodlenet',
    kind: 'weights',
    title: 'DoodleNet: 345 classes of Quick, Draw! drawings',
    licence: {
      name: 'MIT (ml5, Yining Shi); Quick, Draw! data CC BY 4.0',
      url: 'https://github.com/ml5js/ml5-data-and-models',
      nonCommercial: false,
    },
    citation: 'shi2019doodlenet',
    contentDigest: '28eb36465ea90b29a1de4b53adfc30b85135e9e464d705d3f89643e89b2562f4',
    note: 'white strokes on black, 28 × 28, values in [0, 1]',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('models/doodlenet/original', doodlenetFiles),
        convert: doodlenetModel,
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: filesIn(`${ml5Repository}/models/doodlenet`, doodlenetFiles),
        convert: doodlenetModel,
      },
    ],
  },
  cifarNet({
    depth: 20,
    accuracy: '91.78',
    sha256: '12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8',
    contentDigest: '9d95e04eef6749de2998c482dc908e1e88ddafd5454aefaa04a0b78d07b9ce70',
  }),
  cifarNet({
    depth: 32,
    accuracy: '92.78',
    sha256: 'd509ac1820d7f25398913559d7e81a13229b1e7adc5648e3bfa5e22dc137f850',
    contentDigest: '923ce63f7974b0a538e76ad7adb4fedfa248336324895af74ed3e5d873eb6ac0',
  }),
  cifarNet({
    depth: 44,
    accuracy: '93.14',
    sha256: '014dd6541728a1c700b1642ab640e211dc6eb8ed507d70697458dc8f8a0ae2e4',
    contentDigest: '6bdcf94d2be32d15e0f902517a87baebbd867c0b302a4cb38f974adb7db906c2',
  }),
  cifarNet({
    depth: 56,
    accuracy: '93.62',
    sha256: '4bfd97631478d6b638d2764fd2baff3edb1d7d82252d54439343b6596b9b5367',
    contentDigest: 'a406ef815de0c282dde39f19c10e1e1927026dd32fe614720e50c60607f2d91e',
  }),
];

/** The row of an asset, or `undefined`. */
export function findAsset(id: string, rows: readonly AssetRow[] = registry): AssetRow | undefined {
  return rows.find((row) => row.id === id);
}
