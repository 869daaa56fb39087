using System.Collections.Frozen;

namespace TinyNas.Deploy;

/// <summary>
/// Bytes of code and of stack of each kernel of the emitted C, measured with arm-none-eabi-gcc 12.2 -O2; tests hold the sums
/// against the compiler. A kernel that one step alone calls is smaller: its parameters become constants. Cores with the DSP
/// extension (Cortex-M4, M7, M33 and up) have the Cortex-M4's figures, all others the Cortex-M0+'s. What is not in the table is
/// inlined into kernels that are.
/// </summary>
internal static class CodeSizes
{
    private readonly record struct Size(int Once, int Several, int Stack);

    private static readonly FrozenDictionary<Kernel, (Size M0, Size M4)> Table = new Dictionary<Kernel, (Size, Size)>
    {
        [Kernel.Dot] = (new(174, 174, 32), new(296, 322, 32)),
        // Windows are gathered before they are summed: its stack ends before that of Dot begins.
        [Kernel.Conv2D] = (new(400, 730, 0), new(350, 614, 0)),
        [Kernel.Conv2DPlain] = (new(380, 580, 184), new(772, 1080, 240)),
        [Kernel.Conv2DMaxPool] = (new(390, 676, 168), new(500, 900, 176)),
        [Kernel.DepthwiseConv2D] = (new(450, 764, 168), new(588, 920, 128)),
        [Kernel.DepthwiseThrees] = (new(0, 0, 0), new(344, 820, 128)),
        [Kernel.DepthwiseOthers] = (new(0, 0, 0), new(400, 660, 120)),
        [Kernel.FullyConnected] = (new(216, 426, 104), new(160, 352, 88)),
        [Kernel.MaxPool2D] = (new(240, 348, 64), new(216, 280, 64)),
        [Kernel.AveragePool2D] = (new(316, 384, 88), new(280, 308, 80)),
        [Kernel.Mean] = (new(176, 256, 48), new(120, 226, 48)),
        [Kernel.Softmax] = (new(892, 1048, 160), new(470, 560, 84)),
        // From here on the larger of two random shapes of each, by the test of this table.
        [Kernel.Add] = (new(532, 560, 136), new(370, 370, 112)),
        [Kernel.Mul] = (new(372, 372, 88), new(296, 296, 72)),
        [Kernel.Rescale] = (new(216, 194, 56), new(124, 128, 24)),
        [Kernel.Quantize] = (new(188, 208, 40), new(184, 208, 40)),
        [Kernel.Dequantize] = (new(52, 68, 32), new(56, 66, 24)),
        [Kernel.RescaleWide] = (new(344, 344, 48), new(258, 258, 32)),
        [Kernel.QuantizeWide] = (new(180, 212, 40), new(180, 168, 40)),
        [Kernel.DequantizeWide] = (new(48, 86, 32), new(48, 44, 24)),
        [Kernel.Rearrange] = (new(36, 266, 48), new(36, 222, 48)),
        [Kernel.ByteTable] = (new(96, 56, 20), new(112, 66, 24)),
        [Kernel.Extremum] = (new(220, 214, 56), new(226, 214, 48)),
        [Kernel.Prelu] = (new(156, 352, 64), new(140, 326, 64)),
        [Kernel.ResizeNearest] = (new(112, 104, 40), new(84, 96, 24)),
        [Kernel.ResizeBilinear] = (new(320, 360, 88), new(268, 292, 80)),
        [Kernel.ArgExtremum] = (new(56, 210, 56), new(60, 144, 36)),
        // Without the C library's expf and logf.
        [Kernel.LogSoftmax] = (new(116, 116, 24), new(108, 108, 24)),
        [Kernel.LogSoftmaxInt8] = (new(2112, 2284, 248), new(1464, 1772, 72)),
        [Kernel.TransposeConv] = (new(328, 618, 128), new(308, 576, 136)),
        [Kernel.Lstm] = (new(1030, 1318, 208), new(844, 1138, 168)),
        [Kernel.Svdf] = (new(488, 828, 152), new(452, 592, 120)),
    }.ToFrozenDictionary();

    /// <summary>Stack of n_invoke itself, and what loops over the turns of stages add.</summary>
    public const int InvokeStack = 24, LoopStack = 32;

    public static bool HasDsp(string core) =>
        core.ToUpperInvariant() is "CORTEX-M4" or "CORTEX-M4F" or "CORTEX-M7" or "CORTEX-M33" or "CORTEX-M35P" or "CORTEX-M52" or "CORTEX-M55" or "CORTEX-M85";

    /// <summary>Code of a kernel and of the calls to it.</summary>
    public static int Code(Kernel kernel, int calls, string core, bool mixed = false)
    {
        if (!Table.TryGetValue(kernel, out var sizes)) return 0;
        Size size = HasDsp(core) ? sizes.M4 : sizes.M0;
        int code = calls > 1 ? size.Several : size.Once;
        if (!mixed || !HasDsp(core)) return code;
        return kernel switch
        {
            Kernel.Conv2DPlain => code * 5 / 3,
            Kernel.DepthwiseThrees or Kernel.DepthwiseOthers => code * 9 / 4,
            _ => code,
        };
    }

    public static int Stack(Kernel kernel, string core) => Table.TryGetValue(kernel, out var sizes) ? (HasDsp(core) ? sizes.M4 : sizes.M0).Stack : 0;

    /// <summary>Code of the accessors and of n_invoke: about four instructions for each call.</summary>
    public static int Glue(int calls) => 28 + 14 * calls;
}
