using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// One layer of a <see cref="Network"/>. <see cref="Inputs"/> are indices of earlier layers, -1 being the network's
/// input; left out, a layer reads the one before it.
/// </summary>
public abstract record Layer
{
    public ImmutableArray<int> Inputs { get; init; } = [];
}

/// <summary>
/// Convolution over height and width; a 1-D convolution has a kernel height of 1. Kernel [Filters, KernelHeight,
/// KernelWidth, in / Groups]. Same padding is TensorFlow's: the odd row or column goes to the end.
/// </summary>
public sealed record Conv(int Filters, int KernelHeight, int KernelWidth) : Layer
{
    public int StrideHeight { get; init; } = 1;
    public int StrideWidth { get; init; } = 1;
    public int DilationHeight { get; init; } = 1;
    public int DilationWidth { get; init; } = 1;
    public int Groups { get; init; } = 1;
    public Padding Padding { get; init; } = Padding.Same;
    public bool Bias { get; init; }

    /// <summary>A column reads none after it: as many zeros before the first column as the kernel reaches back, none behind the last.</summary>
    public bool Causal { get; init; }

    /// <summary>In quantisation-aware training: how the kernel is quantised.</summary>
    internal KernelGrid? Grid { get; init; }
}

/// <summary>
/// Transposed convolution: every input pixel is spread over a window of the output, windows StrideHeight and StrideWidth apart.
/// Kernel [in, KernelHeight, KernelWidth, Filters]. Same padding gives the input's size times the stride, valid all that windows reach.
/// </summary>
public sealed record ConvTranspose(int Filters, int KernelHeight, int KernelWidth) : Layer
{
    public int StrideHeight { get; init; } = 1;
    public int StrideWidth { get; init; } = 1;
    public Padding Padding { get; init; } = Padding.Same;
    public bool Bias { get; init; }

    /// <summary>The convolution that leads from the output back to the input, of whose gradient this is the forward pass.</summary>
    internal Conv Back(int channels) => new(channels, KernelHeight, KernelWidth) { StrideHeight = StrideHeight, StrideWidth = StrideWidth, Padding = Padding };
}

/// <summary>Normalisation per channel over batch and space; defaults are Keras's.</summary>
public sealed record BatchNorm(double Momentum = 0.99, double Epsilon = 1e-3) : Layer;

/// <summary>Valid padding, stride equal to the window.</summary>
public sealed record MaxPool(int Height, int Width) : Layer;

/// <summary>Means of windows; valid padding, stride equal to the window.</summary>
public sealed record AveragePool(int Height, int Width) : Layer;

/// <summary>Mean over height and width: 1 × 1 × channels.</summary>
public sealed record GlobalAveragePool : Layer;

public sealed record Dropout(double Rate) : Layer;

/// <summary>Kernel [Units, inputs]; the input is flattened. As the last layer it gives logits: the loss applies the softmax.</summary>
public sealed record Dense(int Units) : Layer
{
    public bool Bias { get; init; } = true;

    /// <summary>In quantisation-aware training: how the kernel is quantised.</summary>
    internal KernelGrid? Grid { get; init; }
}
