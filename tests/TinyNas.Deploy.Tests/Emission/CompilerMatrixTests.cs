using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Every compiler takes the emitted C without a warning.</summary>
[TestClass]
public class CompilerMatrixTests
{
    private static readonly string[] Strict = ["-O2", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wconversion", "-Wshadow", "-c", "-o", "x.o"];

    [TestMethod]
    [DataRow("gcc", "-std=c99")]
    [DataRow("gcc", "-std=c99 -DNET_EXTERNAL_ARENA=shared_arena")]
    [DataRow("gcc", "-std=c99 -DNET_EXTERNAL_ARENA")]
    [DataRow("clang", "-std=c99")]
    [DataRow("g++", "-std=c++11 -x c++")]
    [DataRow("arm-none-eabi-gcc", "-std=c99 -mthumb -mcpu=cortex-m0plus")]
    [DataRow("arm-none-eabi-gcc", "-std=c99 -mthumb -mcpu=cortex-m4")]
    [DataRow("arm-none-eabi-gcc", "-std=c99 -mthumb -mcpu=cortex-m55")]
    [DataRow("arm-none-eabi-gcc", "-std=c99 -mthumb -mcpu=cortex-m55 -mfloat-abi=hard")]
    [DataRow("arm-none-eabi-gcc", "-std=c99 -mthumb -mcpu=cortex-m4 -DNET_ARENA_ATTRIBUTE=__attribute__((section(\".ccmram\")))")]
    public void CompilesWithoutWarnings(string compiler, string flags)
    {
        string program = Command.Require(compiler);
        foreach (Graph graph in (Graph[])[Networks.NanoNas(3, 2, 20), Networks.Branching(3), Networks.Random(4), Networks.Random(9), OperatorNetworks.All["UNIDIRECTIONAL_SEQUENCE_LSTM"](3)])
        {
            using var folder = new TemporaryFolder();
            EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, Card, Budget.Unlimited)));
            foreach (string file in (string[])["net.c", "net_selftest.c"])
                Command.Run(program, [.. flags.Split(' '), .. Strict, file], folder.Path).MustSucceed($"{compiler} {flags} {file}");
        }
    }

    [TestMethod]
    public void TwoModelsShareOneArenaAndOneProgram()
    {
        using var folder = new TemporaryFolder();
        string gcc = Command.Require("gcc");
        foreach (string name in (string[])["First", "Second"])
            EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(Networks.Random((ulong)name.Length), new ModelCard(name), Budget.Unlimited)));
        File.WriteAllText(folder["main.c"], """
            #include "first.h"
            #include "second.h"
            int first_selftest(void);
            int second_selftest(void);
            uint8_t both[FIRST_ARENA_BYTES > SECOND_ARENA_BYTES ? FIRST_ARENA_BYTES : SECOND_ARENA_BYTES] __attribute__((aligned(16)));
            int main(void) { return first_selftest() != 0 || second_selftest() != 0 || first_selftest() != 0; }
            """);
        Command.Run(gcc,
            [
                "-std=c99", "-Wall", "-Werror", "-fsanitize=address,undefined", "-DFIRST_EXTERNAL_ARENA=both", "-DSECOND_EXTERNAL_ARENA=both",
                "-DFIRST_SELFTEST_NO_MAIN", "-DSECOND_SELFTEST_NO_MAIN", "main.c", "first.c", "second.c", "first_selftest.c", "second_selftest.c", "-o", "both",
            ], folder.Path).MustSucceed("gcc");
        Command.Run(folder["both"], [], folder.Path).MustSucceed("both self-tests");
    }

    private static ModelCard Card => new("Net") { Labels = ["up", "\"??/ */ \n\u00e9"], Input = InputEncoding.CameraBytes(3) };
}
