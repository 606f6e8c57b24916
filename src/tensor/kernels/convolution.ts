import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import { areFloat, input, number, numbers, sizeOf } from './registration.ts';
import type { KernelAttributes, KernelContext, RegisterKernels } from './registration.ts';

/** The sizes of a convolution in NHWC with the same stride in both directions and no dilation. */
interface Geometry {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly outRows: number;
  readonly outColumns: number;
  readonly outputs: number;
  readonly filterRows: number;
  readonly filterColumns: number;
  readonly stride: number;
  readonly top: number;
  readonly left: number;
}

/** A call of tfjs's own ops as a geometry; `undefined` for NCHW, dilation, two strides or empty tensors. */
function geometryOf(
  xShape: readonly number[], filterShape: readonly number[], attributes: KernelAttributes,
): Geometry | undefined {
  const { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode } = attributes as {
    strides: number | [number, number]; pad: number | 'same' | 'valid'; dataFormat?: 'NHWC' | 'NCHW';
    dilations?: number | [number, number]; dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const [batch = 0, rows = 0, columns = 0, channels = 0] = xShape;
  const [filterRows = 0, filterColumns = 0, , outputs = 0] = filterShape;
  const info = tf.backend_util.computeConv2DInfo(
    [batch, rows, columns, channels], [
      filterRows, filterColumns, channels, outputs,
    ], strides, dilations, pad, dimRoundingMode, false,
    dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast',
  );
  const dilated = info.dilationHeight !== 1 || info.dilationWidth !== 1;
  if (info.dataFormat !== 'channelsLast' || dilated || info.strideHeight !== info.strideWidth) return undefined;
  if (sizeOf(info.outShape) * sizeOf(xShape) * sizeOf(filterShape) === 0) return undefined;
  return {
    batch, rows, columns, channels, outRows: info.outHeight, outColumns: info.outWidth, outputs, filterRows,
    filterColumns, stride: info.strideHeight, top: info.padInfo.top, left: info.padInfo.left,
  };
}

/** The geometry as the project's own op writes it down. */
function geometryFrom(attributes: KernelAttributes): Geometry {
  const [batch = 0, rows = 0, columns = 0, channels = 0] = numbers(attributes, 'xShape');
  const [filterRows = 0, filterColumns = 0, , outputs = 0] = numbers(attributes, 'filterShape');
  const [, outRows = 0, outColumns = 0] = numbers(attributes, 'yShape');
  return {
    batch, rows, columns, channels, outRows, outColumns, outputs, filterRows, filterColumns,
    stride: number(attributes, 'stride'), top: number(attributes, 'top'), left: number(attributes, 'left'),
  };
}

function forward(
  { kernels, memory }: KernelContext, g: Geometry, x: TensorInfo, filter: TensorInfo, bias?: TensorInfo,
): TensorInfo {
  const y = memory.output([g.batch, g.outRows, g.outColumns, g.outputs]);
  const scratch = memory.scratch(
    kernels.convolutionScratch(g.channels, g.outRows, g.outColumns, g.outputs, g.filterRows, g.filterColumns, g.stride),
  );
  kernels.convolution(
    g.batch, g.rows, g.columns, g.channels, g.outRows, g.outColumns, g.outputs, g.filterRows, g.filterColumns, g.stride,
    g.top, g.left, memory.address(x), memory.address(filter), bias ? memory.address(bias) : 0, memory.address(y),
    scratch,
  );
  return y;
}

function inputGradient(
  { kernels, memory }: KernelContext, g: Geometry, dy: TensorInfo, filter: TensorInfo,
): TensorInfo {
  const dx = memory.output([g.batch, g.rows, g.columns, g.channels]);
  if (g.stride === 1) {
    const scratch = memory.scratch(kernels.convolutionScratch(
      g.outputs, g.rows, g.columns, g.channels, g.filterRows, g.filterColumns, 1,
    ));
    kernels.convolutionInputGradient(
      g.batch, g.rows, g.columns, g.channels, g.outRows, g.outColumns, g.outputs, g.filterRows, g.filterColumns, g.top,
      g.left, memory.address(dy), memory.address(filter), memory.address(dx), scratch,
    );
    return dx;
  }
  const patch = g.filterRows * g.filterColumns * g.channels;
  const scratch = memory.scratch(
    kernels.patchScratch(
      g.channels, g.outRows, g.outColumns, g.filterRows, g.filterColumns, g.stride,
    ) + kernels.gemmScratch(patch, g.outputs),
  );
  kernels.convolutionInputGradientStrided(
    g.batch, g.rows, g.columns, g.channels, g.outRows, g.outColumns, g.outputs, g.filterRows, g.filterColumns, g.stride,
    g.top, g.left, memory.address(dy), memory.address(filter), memory.address(dx), scratch,
  );
  return dx;
}

function filterGradient({ kernels, memory }: KernelContext, g: Geometry, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const dw = memory.output([g.filterRows, g.filterColumns, g.channels, g.outputs]);
  const scratch = memory.scratch(
    kernels.patchScratch(g.channels, g.outRows, g.outColumns, g.filterRows, g.filterColumns, g.stride) +
      kernels.gemmScratch(g.outputs, g.outRows * g.outColumns),
  );
  kernels.convolutionFilterGradient(
    g.batch, g.rows, g.columns, g.channels, g.outRows, g.outColumns, g.outputs, g.filterRows, g.filterColumns, g.stride,
    g.top, g.left, memory.address(x), memory.address(dy), memory.address(dw), scratch,
  );
  return dw;
}

export const convolutionKernels: RegisterKernels = (context) => [
  {
    name: 'Conv2D',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const filter = input(inputs, 'filter');
      const geometry = areFloat(x, filter) && x.shape[3] === filter.shape[2] ? geometryOf(
        x.shape, filter.shape, attributes,
      ) : undefined;
      return geometry && forward(context, geometry, x, filter);
    },
  },
  {
    name: 'Conv2DBackpropInput',
    run: (inputs, attributes) => {
      const dy = input(inputs, 'dy');
      const filter = input(inputs, 'filter');
      const geometry = areFloat(dy, filter) ? geometryOf(
        numbers(attributes, 'inputShape'), filter.shape, attributes,
      ) : undefined;
      return geometry && inputGradient(context, geometry, dy, filter);
    },
  },
  {
    name: 'Conv2DBackpropFilter',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const dy = input(inputs, 'dy');
      const geometry = areFloat(x, dy) ? geometryOf(
        x.shape, numbers(attributes, 'filterShape'), attributes,
      ) : undefined;
      return geometry && filterGradient(context, geometry, x, dy);
    },
  },
  {
    name: 'AtlasConvolution',
    run: (inputs, attributes) => forward(
      context, geometryFrom(attributes), input(inputs, 'x'), input(inputs, 'filter'), inputs['bias'],
    ),
  },
  {
    name: 'AtlasConvolutionInputGradient',
    run: (inputs, attributes) => inputGradient(
      context, geometryFrom(attributes), input(inputs, 'dy'), input(inputs, 'filter'),
    ),
  },
  {
    name: 'AtlasConvolutionFilterGradient',
    run: (inputs, attributes) => filterGradient(
      context, geometryFrom(attributes), input(inputs, 'x'), input(inputs, 'dy'),
    ),
  },
];
