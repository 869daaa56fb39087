using System.Globalization;
using System.Text;

namespace TinyNas.Deploy.Tests;

/// <summary>The AVR cross compiler, where int has 16 bits and a pointer to flash is no pointer, and the simulator simavr.</summary>
internal static class Avr
{
    /// <summary>Writes characters to the first serial port, which the simulator prints. Asleep with interrupts off, it ends.</summary>
    private const string Support = """
        #include <avr/interrupt.h>
        #include <avr/io.h>
        #include <avr/sleep.h>
        #include <stdint.h>

        static void put(char c)
        {
            while ((UCSR0A & (1 << UDRE0)) == 0) {}
            UDR0 = (uint8_t)c;
        }

        static void put_hex(uint8_t value)
        {
            put("0123456789abcdef"[value >> 4]);
            put("0123456789abcdef"[value & 15]);
        }

        static void leave(void)
        {
            put('\n');
            cli();
            sleep_enable();
            sleep_cpu();
        }

        """;

    /// <summary>Compiles the sources with a program whose main body is given and runs it; what it put. Also the static memory of the whole image.</summary>
    public static (string Output, int StaticBytes) Run(string folder, string device, string include, string body, params string[] sources)
    {
        string compiler = Command.Require("avr-gcc", "gcc-avr"), simulator = Command.Require("simavr"), size = Command.Require("avr-size", "binutils-avr");
        File.WriteAllText(Path.Combine(folder, "main.c"), $"{Support}#include \"{include}\"\n\nint main(void)\n{{\n    UCSR0B = 1 << TXEN0;\n{body}\n    leave();\n    return 0;\n}}\n");
        Command.Run(compiler,
            [
                $"-mmcu={device}", "-Os", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-DNET_SELFTEST_NO_MAIN",
                "main.c", .. sources, "-o", "net.elf",
            ], folder).MustSucceed("avr-gcc");
        string line = Command.Run(size, ["net.elf"], folder).MustSucceed("avr-size").Output.Split('\n')[1];
        int[] fields = [.. line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(f => int.Parse(f, CultureInfo.InvariantCulture))];
        CommandResult run = Command.Run(simulator, ["-m", device, "-f", "16000000", "net.elf"], folder, timeoutSeconds: 120);
        return (Printed(run.Output + run.Error), fields[1] + fields[2]);
    }

    /// <summary>The simulator colours what the port sends and ends it with dots; other lines are its own.</summary>
    private static string Printed(string output)
    {
        var text = new StringBuilder();
        foreach (string line in output.Split('\n'))
        {
            string plain = System.Text.RegularExpressions.Regex.Replace(line, "\x1b\\[[0-9;]*m", "").Trim().TrimEnd('.');
            if (plain.Length > 0 && plain.All(c => char.IsAsciiHexDigitLower(c))) text.Append(plain);
        }
        return text.ToString();
    }
}
