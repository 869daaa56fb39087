using System.Collections.Frozen;

namespace TinyNas.Deploy;

/// <summary>
/// Bytes of code and of stack of each kernel of the emitted C, measured with arm-none-eabi-gcc 12.2 -O2; tests hold the sums
/// against the compiler. A kernel that one step alone calls is smaller: its parameters become constants. Cores with the DSP
/// extension (Cortex-M4, M7, M33 and up) have the Cortex-M4's figures, all others the Cortex-M0+'s. A kernel that is not in
/// the table has not been measured and counts as nothing, so the figures of a model with one are too low; none of the search's is missing.
/// </summary>
internal static class CodeSizes
{
    private readonly record struct Size(int Once, int Several, int Stack);

    private static readonly FrozenDictionary<Kernel, (Size M0, Size M4)> Table = new Dictionary<Kernel, (Size, Size)>
    {
        [Kernel.Dot] = (new(174, 174, 64), new(200, 200, 56)),
        // Windows are gathered before they are summed: its stack ends before that of Dot begins.
        [Kernel.Conv2D] = (new(304, 524, 0), new(324, 434, 0)),
        [Kernel.Conv2DPlain] = (new(396, 572, 144), new(600, 1036, 140)),
        [Kernel.Conv2DMaxPool] = (new(408, 714, 144), new(492, 854, 140)),
        [Kernel.DepthwiseConv2D] = (new(742, 836, 168), new(1500, 1720, 196)),
        [Kernel.FullyConnected] = (new(220, 426, 104), new(160, 352, 88)),
        [Kernel.MaxPool2D] = (new(240, 348, 64), new(216, 280, 64)),
        [Kernel.AveragePool2D] = (new(316, 384, 88), new(280, 308, 80)),
        [Kernel.Mean] = (new(176, 256, 48), new(120, 226, 48)),
        // The figures from here to the LSTM are those of published models, rounded up.
        [Kernel.Add] = (new(508, 508, 72), new(480, 480, 72)),
        [Kernel.Mul] = (new(414, 414, 72), new(370, 370, 72)),
        [Kernel.Rescale] = (new(228, 228, 48), new(174, 174, 48)),
        [Kernel.Quantize] = (new(188, 188, 24), new(180, 180, 40)),
        [Kernel.Dequantize] = (new(48, 48, 16), new(48, 48, 24)),
        [Kernel.Rearrange] = (new(266, 266, 48), new(222, 222, 48)),
        // Without the C library's expf and logf.
        [Kernel.LogSoftmax] = (new(116, 116, 24), new(108, 108, 24)),
        [Kernel.Lstm] = (new(1020, 1020, 208), new(880, 880, 160)),
        [Kernel.Softmax] = (new(892, 1048, 160), new(656, 756, 84)),
    }.ToFrozenDictionary();

    /// <summary>Stack of n_invoke itself.</summary>
    public const int InvokeStack = 24;

    public static bool HasDsp(string core) =>
        core.ToUpperInvariant() is "CORTEX-M4" or "CORTEX-M4F" or "CORTEX-M7" or "CORTEX-M33" or "CORTEX-M35P" or "CORTEX-M52" or "CORTEX-M55" or "CORTEX-M85";

    /// <summary>Code of a kernel and of the calls to it.</summary>
    public static int Code(Kernel kernel, int calls, string core)
    {
        if (!Table.TryGetValue(kernel, out var sizes)) return 0;
        Size size = HasDsp(core) ? sizes.M4 : sizes.M0;
        return calls > 1 ? size.Several : size.Once;
    }

    public static int Stack(Kernel kernel, string core) => Table.TryGetValue(kernel, out var sizes) ? (HasDsp(core) ? sizes.M4 : sizes.M0).Stack : 0;

    /// <summary>Code of the accessors and of n_invoke: about four instructions for each call.</summary>
    public static int Glue(int calls) => 28 + 14 * calls;
}
