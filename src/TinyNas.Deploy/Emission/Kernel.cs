namespace TinyNas.Deploy;

/// <summary>The pieces of C that operators call, in the order in which they stand in n.c. Each is a template kernel.*.c.hbs or a part of one.</summary>
internal enum Kernel
{
    Common,
    Requantise,
    Dot,
    Conv2D,
    Conv2DPlain,
    Conv2DMaxPool,
    DepthwiseConv2D,
    FullyConnected,
    Pool2D,
    MaxPool2D,
    AveragePool2D,
    Mean,
    Softmax,
    Broadcast,
    Add,
    Mul,
    Rescale,
    Quantize,
    Dequantize,
    Rearrange,
    ByteTable,
    Extremum,
    Prelu,
    LogSoftmax,
    Scale,
    Lstm,
    Svdf,
}
