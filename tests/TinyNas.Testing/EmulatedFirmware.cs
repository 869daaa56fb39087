using System.Globalization;
using System.Text;

namespace TinyNas.Testing;

/// <summary>Instructions of one inference, and bytes of the functions of the emitted C (no constants, no start-up code).</summary>
public sealed record EmulatedRun(long Instructions, long CodeBytes);

/// <summary>
/// Emitted firmware named "Net" in QEMU: with -icount shift=0 an instruction takes a nanosecond of virtual time, which SysTick
/// measures around one inference.
/// </summary>
public static class EmulatedFirmware
{
    /// <summary>Runs one inference after another and compares every output; the figures are the first one's.</summary>
    /// <param name="folder">With net.c and net.h.</param>
    public static EmulatedRun Run(string folder, string core, params (byte[] Input, byte[] Output)[] cases)
    {
        var arrays = new StringBuilder(".section .rodata\n");
        var main = new StringBuilder("""
            #include <string.h>
            #include "net.h"
            void print_number(uint32_t value);
            void clock_start(void);
            uint32_t clock_instructions(void);

            """);
        var calls = new StringBuilder();
        for (int i = 0; i < cases.Length; i++)
        {
            foreach (var (name, bytes) in (ReadOnlySpan<(string, byte[])>)[($"in{i}", cases[i].Input), ($"out{i}", cases[i].Output)])
            {
                File.WriteAllBytes(Path.Combine(folder, name + ".bin"), bytes);
                arrays.Append(CultureInfo.InvariantCulture, $".balign 16\n.global {name}\n{name}: .incbin \"{name}.bin\"\n");
                main.Append(CultureInfo.InvariantCulture, $"extern const uint8_t {name}[];\n");
            }
            calls.Append(CultureInfo.InvariantCulture, $"""
                    memcpy(net_input(), in{i}, NET_INPUT_BYTES);
                    start = clock_instructions();
                    net_invoke();
                    if ({i} == 0) print_number(clock_instructions() - start);
                    if (memcmp(net_output(), out{i}, NET_OUTPUT_BYTES) != 0) return {i + 1};

                """);
        }
        bool stateful = File.ReadAllText(Path.Combine(folder, "net.h")).Contains("net_reset", StringComparison.Ordinal);
        main.Append("int main(void)\n{\n    uint32_t start;\n    clock_start();\n").Append(stateful ? "    net_reset();\n" : "").Append(calls).Append("    return 0;\n}\n");
        File.WriteAllText(Path.Combine(folder, "cases.s"), arrays.ToString());
        File.WriteAllText(Path.Combine(folder, "count.c"), main.ToString());
        string printed = Arm.Run(folder, core, "count.c", "cases.s", "net.c");
        return new EmulatedRun(long.Parse(printed.Trim(), CultureInfo.InvariantCulture), Arm.Code(folder, "net.c", core));
    }

    /// <summary>Whether the compiler gets any instruction of that name from the emitted C.</summary>
    public static bool Holds(string folder, string core, string instruction)
    {
        Command.Run(Arm.Compiler, [.. Arm.Core(core), .. Arm.Flags, "-S", "net.c", "-o", core + ".s"], folder).MustSucceed($"arm-none-eabi-gcc for {core}");
        return File.ReadAllText(Path.Combine(folder, core + ".s")).Contains(instruction, StringComparison.Ordinal);
    }
}
