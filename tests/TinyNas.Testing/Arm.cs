using System.Globalization;

namespace TinyNas.Testing;

/// <summary>The Arm cross compiler and QEMU's Cortex-M boards.</summary>
public static class Arm
{
    public static readonly string[] Flags = ["-mthumb", "-O2", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"];

    /// <summary>The folder of the start-up code and the memory map that images for these boards are linked with.</summary>
    public static string Support => Path.Combine(Repository.Root, "tests", "TinyNas.Testing", "Bare");

    public static string Compiler => Command.Require("arm-none-eabi-gcc", "gcc-arm-none-eabi");

    /// <summary>Without the hard-float convention the compiler leaves Helium off.</summary>
    public static string[] Core(string core) => core == "cortex-m55" ? [$"-mcpu={core}", "-mfloat-abi=hard"] : [$"-mcpu={core}"];

    /// <summary>Compiles a file to an object beside it and returns its .text (with .rodata), .data and .bss.</summary>
    public static (long Text, long Data, long Bss) Size(string folder, string file, string core)
    {
        Command.Run(Compiler, [.. Core(core), .. Flags, "-c", file, "-o", core + ".o"], folder).MustSucceed($"arm-none-eabi-gcc for {core}");
        string line = Command.Run(Command.Require("arm-none-eabi-size", "binutils-arm-none-eabi"), [core + ".o"], folder).MustSucceed("size").Output.Split('\n')[1];
        long[] fields = [.. line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(f => long.Parse(f, CultureInfo.InvariantCulture))];
        return (fields[0], fields[1], fields[2]);
    }

    /// <summary>Bytes of the functions of a file.</summary>
    public static long Code(string folder, string file, string core)
    {
        Command.Run(Compiler, [.. Core(core), .. Flags, "-c", file, "-o", core + ".o"], folder).MustSucceed($"arm-none-eabi-gcc for {core}");
        return Command.Run(Command.Require("arm-none-eabi-size", "binutils-arm-none-eabi"), ["-A", core + ".o"], folder).MustSucceed("size").Output.Split('\n')
            .Where(l => l.StartsWith(".text", StringComparison.Ordinal))
            .Sum(l => long.Parse(l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Links the sources with the start-up code and runs them on the board of the core; what it printed by semihosting.</summary>
    public static string Run(string folder, string core, params string[] sources)
    {
        // No board of QEMU's with a Cortex-M0+ has the memory: its code runs on a Cortex-M3.
        (string machine, string cpu) = core switch
        {
            "cortex-m0plus" => ("mps2-an385", "cortex-m3"),
            "cortex-m55" => ("mps3-an547", core),
            _ => ("mps2-an386", core),
        };
        string qemu = Command.Require("qemu-system-arm");
        string image = core + ".elf";
        Command.Run(Compiler,
            [
                .. Core(core), "-mthumb", "-O2", "-std=c99", "-nostartfiles", "--specs=nosys.specs", "-T", Path.Combine(Support, "link.ld"),
                "-I", folder, Path.Combine(Support, "start.c"), .. sources, "-o", image,
            ], folder).MustSucceed($"linking for {core}");
        CommandResult result = Command.Run(qemu,
            [
                "-machine", machine, "-cpu", cpu, "-icount", "shift=0", "-nographic", "-monitor", "none", "-serial", "none",
                "-semihosting-config", "enable=on,target=native", "-kernel", image,
            ], folder, timeoutSeconds: 120);
        return result.MustSucceed($"the image on {machine}").Error + result.Output;
    }
}
