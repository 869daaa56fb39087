using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// A TensorFlow Lite Micro tree with a library built for the Cortex-M4, which TINYNAS_TFLM_TREE names: what its own Makefile leaves
/// for TARGET=cortex_m_generic TARGET_ARCH=cortex-m4, with OPTIMIZED_KERNEL_DIR=cmsis_nn or without.
/// </summary>
internal sealed class TflmTree
{
    private readonly string tree, library;

    private TflmTree(string tree, string library) => (this.tree, this.library) = (tree, library);

    public bool HasCmsisNn => library.Contains("cmsis_nn", StringComparison.Ordinal);

    public static TflmTree Require()
    {
        string? tree = Environment.GetEnvironmentVariable("TINYNAS_TFLM_TREE");
        if (string.IsNullOrEmpty(tree)) Assert.Inconclusive("needs TINYNAS_TFLM_TREE, a TensorFlow Lite Micro tree with a library for the Cortex-M4");
        string library = Directory.GetFiles(Path.Combine(tree, "gen"), "libtensorflow-microlite.a", SearchOption.AllDirectories)
            .Where(l => l.Contains("cortex-m4", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        return new TflmTree(tree, library);
    }

    /// <summary>
    /// Compiles the emitted glue and a program that invokes it once per case, links them with the library and runs the image in QEMU.
    /// </summary>
    /// <returns>All output bytes, and the arena that the interpreter says it has used.</returns>
    public (byte[] Outputs, int ArenaUsed) Run(string folder, Graph graph, IEnumerable<byte[]> cases)
    {
        string support = Arm.Support, downloads = Path.Combine(tree, "tensorflow/lite/micro/tools/make/downloads");
        File.WriteAllText(Path.Combine(folder, "main.cc"), Program(graph, [.. cases]));
        string[] flags =
        [
            "-mcpu=cortex-m4", "-mthumb", "-O2", "-ffunction-sections", "-fdata-sections", "-DTF_LITE_STATIC_MEMORY", "-DTF_LITE_STRIP_ERROR_STRINGS",
            .. HasCmsisNn ? ["-DCMSIS_NN"] : Array.Empty<string>(), "-I", tree, "-I", folder,
            .. new[] { "flatbuffers/include", "gemmlowp", "ruy", "cmsis_nn", "cmsis_nn/Include" }.SelectMany(i => (string[])["-I", Path.Combine(downloads, i)]),
        ];
        Command.Run(Arm.Compiler, ["-mcpu=cortex-m4", "-mthumb", "-O2", "-std=c99", "-c", Path.Combine(support, "start.c"), "-o", "start.o"], folder).MustSucceed("gcc");
        Command.Run(Command.Require("arm-none-eabi-g++", "gcc-arm-none-eabi"),
            [
                "-std=c++17", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-fno-use-cxa-atexit", .. flags, "-nostartfiles", "--specs=nosys.specs",
                "-Wl,--gc-sections", "-Wl,--defsym=end=bss_end", "-T", Path.Combine(support, "link.ld"), "main.cc", "net_tflm.cc", "net_model_data.cc", "start.o", library, "-o", "net.elf",
            ], folder, timeoutSeconds: 600).MustSucceed("g++");
        CommandResult result = Command.Run(Command.Require("qemu-system-arm"),
            [
                "-machine", "mps2-an386", "-cpu", "cortex-m4", "-icount", "shift=0", "-nographic", "-monitor", "none", "-serial", "none",
                "-semihosting-config", "enable=on,target=native", "-kernel", "net.elf",
            ], folder, timeoutSeconds: 600);
        string[] printed = (result.MustSucceed("the image").Error + result.Output).Trim().Split(' ');
        return (Convert.FromHexString(printed[1]), int.Parse(printed[0], CultureInfo.InvariantCulture));
    }

    private static string Program(Graph graph, byte[][] cases)
    {
        var text = new StringBuilder("""
            #include <cstring>
            #include "net_tflm.h"
            extern "C" void print(const char*);
            extern "C" void print_number(std::uint32_t);

            """);
        for (int i = 0; i < cases.Length; i++) text.Append(CText.Array<byte>("unsigned char", $"case{i}", cases[i]));
        text.Append("static const unsigned char* const cases[] = {").AppendJoin(", ", cases.Select((_, i) => $"case{i}")).Append("};\n");
        text.Append("int main() {\n  if (net_tflm_init() != kTfLiteOk) return 1;\n  print_number(net_tflm_arena_used());\n  print(\" \");\n  for (const unsigned char* next : cases) {\n");
        for (int k = 0; k < graph.Inputs.Length; k++)
            text.Append(CultureInfo.InvariantCulture, $"    std::memcpy(net_tflm_input({k})->data.raw, next, {graph.Tensors[graph.Inputs[k]].Bytes});\n    next += {graph.Tensors[graph.Inputs[k]].Bytes};\n");
        text.Append("    if (net_tflm_invoke() != kTfLiteOk) return 2;\n");
        for (int k = 0; k < graph.Outputs.Length; k++)
            text.Append(CultureInfo.InvariantCulture, $"    for (int i = 0; i < {graph.Tensors[graph.Outputs[k]].Bytes}; i++) {{\n")
                .Append(CultureInfo.InvariantCulture, $"      const unsigned char byte = net_tflm_output({k})->data.uint8[i];\n")
                .Append("      const char hex[] = {\"0123456789ABCDEF\"[byte >> 4], \"0123456789ABCDEF\"[byte & 15], 0};\n      print(hex);\n    }\n");
        return text.Append("  }\n  return 0;\n}\n").ToString();
    }
}
