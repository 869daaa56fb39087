using System.Runtime.Intrinsics;

namespace TinyNas.Training;

/// <summary>
/// Every kernel, for one width of SIMD. Layers know this class only. All widths give the same bits; a set has no state.
/// </summary>
internal abstract unsafe class KernelSet
{
    /// <summary>The widest that the machine has.</summary>
    public static KernelSet Best { get; } = Create(
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1);

    /// <param name="width">16, 8, 4 or 1 samples at a time. Widths that the machine lacks work too, slowly.</param>
    public static KernelSet Create(int width) => width switch
    {
        16 => new KernelSet<Lanes512, Vector512<float>>(),
        8 => new KernelSet<Lanes256, Vector256<float>>(),
        4 => new KernelSet<Lanes128, Vector128<float>>(),
        1 => new KernelSet<Lanes1, float>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "16, 8, 4 or 1"),
    };

    public abstract int Width { get; }
    public abstract int Registers { get; }

    public abstract ConvolutionKernel Convolution(int channels, int pixels);
    public abstract ProductKernel Product(int rows, int vectors);
    public abstract WeightGradientKernel WeightGradient(int taps, int channels);
    public abstract DepthwiseKernel Depthwise(int pixels);
    public abstract ElementKernel Element(Activation activation);

    public abstract void Normalise(bool relu, Pixels z, Pixels y, int pixels, int channels, float* scale, float* shift);
    public abstract void NormaliseGradientSums(bool relu, Pixels z, Pixels dy, int pixels, int channels, in NormaliseCoefficients k, float* sums);
    public abstract void NormaliseBackward(bool relu, Pixels z, Pixels dy, Pixels dz, int pixels, int channels, in NormaliseCoefficients k);
    public abstract void NormalisePool(bool relu, Pixels z, in Window window, Pixels y, Pixels winners, int pixels, int channels, float* scale, float* shift);
    public abstract void NormalisePoolBackward(bool relu, Pixels z, in Window window, Pixels winners, Pixels dy, Pixels dz, nint dzRow, int pixels, int channels, in NormaliseCoefficients k);

    public abstract void AddMoments(Pixels x, int pixels, int channels, float* moments);
    public abstract void AddSums(Pixels x, int pixels, int channels, float* sums);
    public abstract void Scale(float* x, float factor, float* y, nint count);
    public abstract void Mask(Pixels x, Pixels mask, Pixels y, int pixels, int channels);
    public abstract void Add(Pixels a, Pixels b, Pixels y, int pixels, int channels);
    public abstract void AddProducts(Pixels x, Pixels y, int pixels, int channels, float* sums);
    public abstract void MaxPool(Pixels x, in Window window, Pixels y, int pixels, int channels);
    public abstract void MaxPoolGradient(Pixels x, in Window window, Pixels y, Pixels dy, Pixels dx, nint dxRow, int pixels, int channels);
    public abstract void Softmax(Pixels x, Pixels y, int pixels, int channels);
    public abstract void SoftmaxGradient(Pixels y, Pixels dy, Pixels dx, int pixels, int channels);
    public abstract void LstmCell(float* fromInput, float* fromState, float* bias, float* before, float* after, float* state, int units);
    public abstract void LstmCellGradient(float* gates, float* before, float* after, float* gradient, float* cellGradient, float* result, int units);
    public abstract void GruCell(float* fromInput, float* fromState, float* bias, float* candidateBias, float* before, float* after, int units);
    public abstract void GruCellGradient(float* gates, float* memories, float* before, float* gradient, float* ofInput, float* ofState, int units);
    public abstract void FastGrnnCell(float* fromInput, float* fromState, float* gateBias, float* bias, float zeta, float nu, float* before, float* after, int units);
    public abstract void FastGrnnCellGradient(float* gates, float* candidates, float zeta, float nu, float* before, float* gradient, float* result, float* sums, int units);
    public abstract void SquaredDifference(Pixels y, Pixels x, Pixels gradient, int pixels, int channels, float factor, float* sums);

    public abstract void RequantiseGradient(Pixels x, Pixels n, Pixels g, Pixels dx, int pixels, int channels, float* offset, float* factor, in ClipRange range, float* sums);

    public abstract void Sgd(in UpdateMemory memory, in VelocityStep step, bool nesterov);
    public abstract void Adam(in UpdateMemory memory, in AdamStep step);
    public abstract void Adamax(in UpdateMemory memory, in AdamaxStep step);
    public abstract void RmsProp(in UpdateMemory memory, in RootStep root, in VelocityStep step);
    public abstract void Adagrad(in UpdateMemory memory, in RootStep root, float rate);
    public abstract void Adadelta(in UpdateMemory memory, in RootStep root, float rate);

    public abstract void Clamp(float* x, float limit, nint count);
    public abstract void AddSquares(float* x, nint count, float* sums);
    public abstract void AddScaled(float* y, float* x, float factor, nint count);
    public abstract void Approach(float* y, float* x, float share, nint count);
}
