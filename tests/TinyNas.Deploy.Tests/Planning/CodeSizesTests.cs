using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The table of code sizes and stacks against the compiler. A failure prints the figures that the table should have.</summary>
[TestClass]
public partial class CodeSizesTests
{
    /// <summary>Kernels with a function of their own name, and a network with each; windows and sums are measured as parts of whole models.</summary>
    private static readonly (Kernel Kernel, string Function, string Network)[] Measured =
    [
        (Kernel.Add, "add_run", "ADD"), (Kernel.Mul, "mul_run", "MUL"), (Kernel.Rescale, "rescale_run", "QUANTIZE"), (Kernel.Quantize, "quantize_run", "DEQUANTIZE"),
        (Kernel.Dequantize, "dequantize_run", "DEQUANTIZE"), (Kernel.RescaleWide, "rescale_wide_run", "QUANTIZE int16"),
        (Kernel.QuantizeWide, "quantize_wide_run", "DEQUANTIZE int16"), (Kernel.DequantizeWide, "dequantize_wide_run", "DEQUANTIZE int16"),
        (Kernel.Rearrange, "rearrange_run", "TRANSPOSE"), (Kernel.ByteTable, "byte_table_run", "TANH"), (Kernel.Extremum, "extremum_run", "MAXIMUM"),
        (Kernel.Prelu, "prelu_run", "PRELU"), (Kernel.ResizeNearest, "resize_nearest_run", "RESIZE_NEAREST_NEIGHBOR"),
        (Kernel.ResizeBilinear, "resize_bilinear_run", "RESIZE_BILINEAR"), (Kernel.ArgExtremum, "arg_extremum_run", "ARG_MAX"),
        (Kernel.LogSoftmaxInt8, "log_softmax_int8", "LOG_SOFTMAX"), (Kernel.TransposeConv, "transpose_conv_run", "TRANSPOSE_CONV"),
        (Kernel.Lstm, "lstm", "UNIDIRECTIONAL_SEQUENCE_LSTM"), (Kernel.Svdf, "svdf", "SVDF"),
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("cortex-m4")]
    [DataRow("cortex-m0plus")]
    public void TheTableHoldsWhatTheCompilerMakes(string core)
    {
        var wrong = new List<string>();
        foreach (var (kernel, function, network) in Measured)
        {
            int once = 0, several = 0, stack = 0;
            for (ulong seed = 1; seed <= 2; seed++)
            {
                using var folder = new TemporaryFolder();
                EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(OperatorNetworks.All[network](seed), new ModelCard("Net"), Budget.Unlimited)));
                once = Math.Max(once, Compile(folder, core, function, out int used));
                several = Math.Max(several, Compile(folder, core, function, out int usedBySeveral, "-fno-ipa-cp", "-fno-ipa-sra"));
                stack = Math.Max(stack, Math.Max(used, usedBySeveral));
            }
            int tableOnce = CodeSizes.Code(kernel, 1, core), tableSeveral = CodeSizes.Code(kernel, 2, core), tableStack = CodeSizes.Stack(kernel, core);
            string line = $"{kernel} on {core}: new({once}, {several}, {stack}); the table has new({tableOnce}, {tableSeveral}, {tableStack})";
            TestContext.WriteLine(line);
            if (!Near(tableOnce, once) || !Near(tableSeveral, several) || tableStack < stack) wrong.Add(line);
        }
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    private static bool Near(int table, int measured) => Math.Abs(table - measured) <= 16 + measured / 8;

    /// <summary>Bytes of all functions whose names begin so, and the most stack that one of them uses.</summary>
    private static int Compile(TemporaryFolder folder, string core, string function, out int stack, params string[] flags)
    {
        Command.Run(Arm.Compiler, [$"-mcpu={core}", .. Arm.Flags, .. flags, "-fstack-usage", "-c", "net.c", "-o", "net.o"], folder.Path).MustSucceed("arm-none-eabi-gcc");
        string symbols = Command.Run(Command.Require("arm-none-eabi-nm", "binutils-arm-none-eabi"), ["-S", "net.o"], folder.Path).MustSucceed("nm").Output;
        stack = File.ReadAllLines(folder["net.su"]).Where(l => l.Contains(":net_" + function, StringComparison.Ordinal))
            .Select(l => int.Parse(l.Split('\t')[1], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        return Symbol().Matches(symbols).Where(m => m.Groups[2].Value.StartsWith("net_" + function, StringComparison.Ordinal))
            .Sum(m => int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^[0-9a-f]+ ([0-9a-f]+) [tT] (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Symbol();
}
