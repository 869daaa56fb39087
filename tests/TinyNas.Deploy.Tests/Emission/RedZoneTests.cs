using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The arena has not one byte too many, and its kernels touch not one beside it: between two inaccessible pages.</summary>
[TestClass]
public class RedZoneTests
{
    /// <summary>
    /// The arena ends where the last readable page ends, or begins where the first begins; SIGSEGV is exit code 7. A kernel only
    /// reads and writes what it needs, so an arena one byte short faults in the first invocation.
    /// </summary>
    private const string Guard = """
        #define _DEFAULT_SOURCE
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        #include "net.h"
        uint8_t *arena;
        static void fault(int number) { (void)number; _exit(7); }
        int main(int argc, char **argv)
        {
            const size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = ((size_t)NET_ARENA_BYTES / page + 1) * page;
            uint8_t *pages = mmap(NULL, bytes + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (argc != 3 || pages == MAP_FAILED || mprotect(pages + page, bytes, PROT_READ | PROT_WRITE) != 0) return 3;
            signal(SIGSEGV, fault);
            signal(SIGBUS, fault);
            /* Where the arena lies in the pages: its first byte at the lower guard, or its last at the upper; argv[2] bytes too far. */
            arena = argv[1][0] == 'l' ? pages + page - atoi(argv[2]) : pages + page + bytes - NET_ARENA_BYTES + atoi(argv[2]);
            memset(net_input(), 1, NET_INPUT_BYTES);
            net_invoke();
            return 0;
        }
        """;

    [TestMethod]
    public void NoByteBeyondTheArenaIsTouchedAndNoneOfItIsSpare()
    {
        int endingWithTensors = 0, stages = 0;
        string gcc = Command.Require("gcc");
        foreach (Graph graph in (Graph[])[Networks.NanoNas(8, 3, 33), Networks.Separable(3), Networks.Residual(2), Networks.Random(4), Networks.Branching(1), Networks.Inverted(2), Networks.Framed(1), Networks.Framed(3)])
        {
            using var folder = new TemporaryFolder();
            EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
            File.WriteAllText(folder["main.c"], Guard);
            string source = File.ReadAllText(folder["net.c"])
                .Replace("extern uint8_t NET_EXTERNAL_ARENA[];", "extern uint8_t *arena;", StringComparison.Ordinal)
                .Replace("((int8_t *)NET_EXTERNAL_ARENA + (offset))", "((int8_t *)arena + (offset))", StringComparison.Ordinal);
            Assert.Contains("extern uint8_t *arena;", source);
            File.WriteAllText(folder["net.c"], source);
            Command.Run(gcc, ["-std=gnu99", "-O2", "-DNET_EXTERNAL_ARENA", "main.c", "net.c", "-o", "net"], folder.Path).MustSucceed("gcc");
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            // Scratch is what the core needs that needs most; the portable C that runs here leaves some of it alone.
            bool endsWithScratch = plan.Tensors.Max(t => t.Offset + t.Bytes) < plan.ArenaBytes;
            if (!endsWithScratch) endingWithTensors++;
            stages += plan.Steps.Count(s => !s.Parts.IsEmpty);
            foreach (string end in (string[])["low", "up"])
            {
                Assert.AreEqual(0, Run(folder, end, 0), $"{end}: something beside the arena was touched");
                if (end == "low" || !endsWithScratch) Assert.AreEqual(7, Run(folder, end, 1), $"{end}: a byte of the arena is never touched");
            }
        }
        Assert.IsTrue(stages > 1, "no arena holds the rows of stages");
        Assert.IsTrue(endingWithTensors > 0, "every arena ends with scratch: a test that shows little");
    }

    private static int Run(TemporaryFolder folder, string end, int beyond) =>
        Command.Run(folder["net"], [end, beyond.ToString(CultureInfo.InvariantCulture)], folder.Path).ExitCode;
}
