namespace TinyNas.Training;

/// <summary>Binds the kernels to one width.</summary>
internal sealed unsafe class KernelSet<L, V> : KernelSet where L : struct, ILanes<V> where V : unmanaged
{
    public override int Width => L.Width;
    public override int Registers => L.Registers;

    public override ConvolutionKernel Convolution(int channels, int pixels) => pixels switch
    {
        1 => Convolution<Row1<L, V>>(channels), 2 => Convolution<Row2<L, V>>(channels), 3 => Convolution<Row3<L, V>>(channels),
        4 => Convolution<Row4<L, V>>(channels), 5 => Convolution<Row5<L, V>>(channels), 6 => Convolution<Row6<L, V>>(channels),
        7 => Convolution<Row7<L, V>>(channels), _ => Convolution<Row8<L, V>>(channels),
    };

    private static ConvolutionKernel Convolution<TRow>(int channels) where TRow : unmanaged, IRow<V, TRow> => channels switch
    {
        1 => new ConvolutionKernel<L, V, TRow, Tile1<L, V, TRow>>(), 2 => new ConvolutionKernel<L, V, TRow, Tile2<L, V, TRow>>(),
        3 => new ConvolutionKernel<L, V, TRow, Tile3<L, V, TRow>>(), 4 => new ConvolutionKernel<L, V, TRow, Tile4<L, V, TRow>>(),
        5 => new ConvolutionKernel<L, V, TRow, Tile5<L, V, TRow>>(), 6 => new ConvolutionKernel<L, V, TRow, Tile6<L, V, TRow>>(),
        7 => new ConvolutionKernel<L, V, TRow, Tile7<L, V, TRow>>(), _ => new ConvolutionKernel<L, V, TRow, Tile8<L, V, TRow>>(),
    };

    public override ProductKernel Product(int rows, int vectors) => vectors switch
    {
        1 => Product<Row1<L, V>>(rows), 2 => Product<Row2<L, V>>(rows), 3 => Product<Row3<L, V>>(rows),
        4 => Product<Row4<L, V>>(rows), 5 => Product<Row5<L, V>>(rows), 6 => Product<Row6<L, V>>(rows),
        7 => Product<Row7<L, V>>(rows), _ => Product<Row8<L, V>>(rows),
    };

    private static ProductKernel Product<TRow>(int rows) where TRow : unmanaged, IRow<V, TRow> => rows switch
    {
        1 => new ProductKernel<L, V, TRow, Tile1<L, V, TRow>>(), 2 => new ProductKernel<L, V, TRow, Tile2<L, V, TRow>>(),
        3 => new ProductKernel<L, V, TRow, Tile3<L, V, TRow>>(), 4 => new ProductKernel<L, V, TRow, Tile4<L, V, TRow>>(),
        5 => new ProductKernel<L, V, TRow, Tile5<L, V, TRow>>(), 6 => new ProductKernel<L, V, TRow, Tile6<L, V, TRow>>(),
        7 => new ProductKernel<L, V, TRow, Tile7<L, V, TRow>>(), _ => new ProductKernel<L, V, TRow, Tile8<L, V, TRow>>(),
    };

    public override WeightGradientKernel WeightGradient(int taps, int channels) => channels switch
    {
        1 => WeightGradient<Row1<L, V>>(taps), 2 => WeightGradient<Row2<L, V>>(taps), 3 => WeightGradient<Row3<L, V>>(taps),
        4 => WeightGradient<Row4<L, V>>(taps), 5 => WeightGradient<Row5<L, V>>(taps), 6 => WeightGradient<Row6<L, V>>(taps),
        7 => WeightGradient<Row7<L, V>>(taps), _ => WeightGradient<Row8<L, V>>(taps),
    };

    private static WeightGradientKernel WeightGradient<TRow>(int taps) where TRow : unmanaged, IRow<V, TRow> => taps switch
    {
        1 => new WeightGradientKernel<L, V, TRow, Tile1<L, V, TRow>>(), 2 => new WeightGradientKernel<L, V, TRow, Tile2<L, V, TRow>>(),
        3 => new WeightGradientKernel<L, V, TRow, Tile3<L, V, TRow>>(), 4 => new WeightGradientKernel<L, V, TRow, Tile4<L, V, TRow>>(),
        5 => new WeightGradientKernel<L, V, TRow, Tile5<L, V, TRow>>(), 6 => new WeightGradientKernel<L, V, TRow, Tile6<L, V, TRow>>(),
        7 => new WeightGradientKernel<L, V, TRow, Tile7<L, V, TRow>>(), _ => new WeightGradientKernel<L, V, TRow, Tile8<L, V, TRow>>(),
    };

    public override DepthwiseKernel Depthwise(int pixels) => pixels switch
    {
        1 => new DepthwiseKernel<L, V, Row1<L, V>>(), 2 => new DepthwiseKernel<L, V, Row2<L, V>>(), 3 => new DepthwiseKernel<L, V, Row3<L, V>>(),
        4 => new DepthwiseKernel<L, V, Row4<L, V>>(), 5 => new DepthwiseKernel<L, V, Row5<L, V>>(), 6 => new DepthwiseKernel<L, V, Row6<L, V>>(),
        7 => new DepthwiseKernel<L, V, Row7<L, V>>(), _ => new DepthwiseKernel<L, V, Row8<L, V>>(),
    };

    public override ElementKernel Element(Activation activation) => activation switch
    {
        Relu => new ElementKernel<L, V, ReluFunction<L, V>>(), Relu6 => new ElementKernel<L, V, Relu6Function<L, V>>(),
        LeakyRelu => new ElementKernel<L, V, LeakyReluFunction<L, V>>(), HardSwish => new ElementKernel<L, V, HardSwishFunction<L, V>>(),
        Sigmoid => new ElementKernel<L, V, SigmoidFunction<L, V>>(), Tanh => new ElementKernel<L, V, TanhFunction<L, V>>(),
        Selu => new ElementKernel<L, V, SeluFunction<L, V>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    public override void Normalise(bool relu, Pixels z, Pixels y, int pixels, int channels, float* scale, float* shift)
    {
        if (relu) NormaliseKernels<L, V, ReluActivation<L, V>>.Forward(z, y, pixels, channels, scale, shift);
        else NormaliseKernels<L, V, NoActivation<L, V>>.Forward(z, y, pixels, channels, scale, shift);
    }

    public override void NormaliseGradientSums(bool relu, Pixels z, Pixels dy, int pixels, int channels, in NormaliseCoefficients k, float* sums)
    {
        if (relu) NormaliseKernels<L, V, ReluActivation<L, V>>.GradientSums(z, dy, pixels, channels, k, sums);
        else NormaliseKernels<L, V, NoActivation<L, V>>.GradientSums(z, dy, pixels, channels, k, sums);
    }

    public override void NormaliseBackward(bool relu, Pixels z, Pixels dy, Pixels dz, int pixels, int channels, in NormaliseCoefficients k)
    {
        if (relu) NormaliseKernels<L, V, ReluActivation<L, V>>.Backward(z, dy, dz, pixels, channels, k);
        else NormaliseKernels<L, V, NoActivation<L, V>>.Backward(z, dy, dz, pixels, channels, k);
    }

    public override void NormalisePool(
        bool relu, Pixels z, in Window window, Pixels y, Pixels winners, int pixels, int channels, float* scale, float* shift)
    {
        bool pairs = window is { Height: 2, Width: 2 };
        if (relu && pairs) PairPoolKernels<L, V, ReluActivation<L, V>>.Forward(z, window.Row, y, winners, pixels, channels, scale, shift);
        else if (relu) PooledNormaliseKernels<L, V, ReluActivation<L, V>>.Forward(z, window, y, winners, pixels, channels, scale, shift);
        else PooledNormaliseKernels<L, V, NoActivation<L, V>>.Forward(z, window, y, winners, pixels, channels, scale, shift);
    }

    public override void NormalisePoolBackward(
        bool relu, Pixels z, in Window window, Pixels winners, Pixels dy, Pixels dz, nint dzRow, int pixels, int channels, in NormaliseCoefficients k)
    {
        bool pairs = window is { Height: 2, Width: 2 };
        if (relu && pairs) PairPoolKernels<L, V, ReluActivation<L, V>>.Backward(z, window.Row, winners, dy, dz, dzRow, pixels, channels, k);
        else if (relu) PooledNormaliseKernels<L, V, ReluActivation<L, V>>.Backward(z, window, winners, dy, dz, dzRow, pixels, channels, k);
        else PooledNormaliseKernels<L, V, NoActivation<L, V>>.Backward(z, window, winners, dy, dz, dzRow, pixels, channels, k);
    }

    public override void AddMoments(Pixels x, int pixels, int channels, float* moments) =>
        MapKernels<L, V>.AddMoments(x, pixels, channels, moments);

    public override void AddSums(Pixels x, int pixels, int channels, float* sums) => MapKernels<L, V>.AddSums(x, pixels, channels, sums);

    public override void Scale(float* x, float factor, float* y, nint count) => MapKernels<L, V>.Scale(x, factor, y, count);

    public override void Mask(Pixels x, Pixels mask, Pixels y, int pixels, int channels) =>
        MapKernels<L, V>.Mask(x, mask, y, pixels, channels);

    public override void Add(Pixels a, Pixels b, Pixels y, int pixels, int channels) => MapKernels<L, V>.Add(a, b, y, pixels, channels);

    public override void AddProducts(Pixels x, Pixels y, int pixels, int channels, float* sums) =>
        MapKernels<L, V>.AddProducts(x, y, pixels, channels, sums);

    public override void MaxPool(Pixels x, in Window window, Pixels y, int pixels, int channels) =>
        MapKernels<L, V>.MaxPool(x, window, y, pixels, channels);

    public override void MaxPoolGradient(Pixels x, in Window window, Pixels y, Pixels dy, Pixels dx, nint dxRow, int pixels, int channels) =>
        MapKernels<L, V>.MaxPoolGradient(x, window, y, dy, dx, dxRow, pixels, channels);

    public override void Softmax(Pixels x, Pixels y, int pixels, int channels) => SoftmaxKernel<L, V>.Forward(x, y, pixels, channels);

    public override void SoftmaxGradient(Pixels y, Pixels dy, Pixels dx, int pixels, int channels) =>
        SoftmaxKernel<L, V>.Backward(y, dy, dx, pixels, channels);

    public override void LstmCell(float* fromInput, float* fromState, float* bias, float* before, float* after, float* state, int units) =>
        LstmKernel<L, V>.Forward(fromInput, fromState, bias, before, after, state, units);

    public override void LstmCellGradient(float* gates, float* before, float* after, float* gradient, float* cellGradient, float* result, int units) =>
        LstmKernel<L, V>.Backward(gates, before, after, gradient, cellGradient, result, units);

    public override void GruCell(float* fromInput, float* fromState, float* bias, float* candidateBias, float* before, float* after, int units) =>
        GruKernel<L, V>.Forward(fromInput, fromState, bias, candidateBias, before, after, units);

    public override void GruCellGradient(float* gates, float* memories, float* before, float* gradient, float* ofInput, float* ofState, int units) =>
        GruKernel<L, V>.Backward(gates, memories, before, gradient, ofInput, ofState, units);

    public override void FastGrnnCell(float* fromInput, float* fromState, float* gateBias, float* bias, float zeta, float nu, float* before, float* after, int units) =>
        FastGrnnKernel<L, V>.Forward(fromInput, fromState, gateBias, bias, zeta, nu, before, after, units);

    public override void FastGrnnCellGradient(float* gates, float* candidates, float zeta, float nu, float* before, float* gradient, float* result, float* sums, int units) =>
        FastGrnnKernel<L, V>.Backward(gates, candidates, zeta, nu, before, gradient, result, sums, units);

    public override void SquaredDifference(Pixels y, Pixels x, Pixels gradient, int pixels, int channels, float factor, float* sums) =>
        MapKernels<L, V>.SquaredDifference(y, x, gradient, pixels, channels, factor, sums);

    public override void RequantiseGradient(
        Pixels x, Pixels n, Pixels g, Pixels dx, int pixels, int channels, float* offset, float* factor, in ClipRange range, float* sums) =>
        RequantiseKernels<L, V>.Gradient(x, n, g, dx, pixels, channels, offset, factor, range, sums);

    public override void Sgd(in UpdateMemory memory, in VelocityStep step, bool nesterov) => SgdKernel<L, V>.Update(memory, step, nesterov);

    public override void Adam(in UpdateMemory memory, in AdamStep step) => AdamKernel<L, V>.Update(memory, step);

    public override void Adamax(in UpdateMemory memory, in AdamaxStep step) => AdamaxKernel<L, V>.Update(memory, step);

    public override void RmsProp(in UpdateMemory memory, in RootStep root, in VelocityStep step) => RmsPropKernel<L, V>.Update(memory, root, step);

    public override void Adagrad(in UpdateMemory memory, in RootStep root, float rate) => AdagradKernel<L, V>.Update(memory, root, rate);

    public override void Adadelta(in UpdateMemory memory, in RootStep root, float rate) => AdadeltaKernel<L, V>.Update(memory, root, rate);

    public override void Clamp(float* x, float limit, nint count) => ParameterKernels<L, V>.Clamp(x, limit, count);

    public override void AddSquares(float* x, nint count, float* sums) => ParameterKernels<L, V>.AddSquares(x, count, sums);

    public override void AddScaled(float* y, float* x, float factor, nint count) => ParameterKernels<L, V>.AddScaled(y, x, factor, count);

    public override void Approach(float* y, float* x, float share, nint count) => ParameterKernels<L, V>.Approach(y, x, share, count);
}
