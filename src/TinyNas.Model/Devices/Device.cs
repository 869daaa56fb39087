using System.Text.Json.Serialization;

namespace TinyNas.Model;

/// <summary>
/// A board or microcontroller. RAM and flash in bytes, clock in hertz, CoreMark as published (null = not published). RAM is one
/// run of addresses that a program may fill: memories apart from it, and what a radio or cache keeps, are not counted.
/// </summary>
public sealed record Device(string Name, string Vendor, string Core, long Clock, long Ram, long Flash, double? CoreMark, string Source)
{
    /// <summary>Cores that a device may have; code size is estimated for a core.</summary>
    public static IReadOnlyList<string> Cores { get; } =
    [
        "cortex-m0", "cortex-m0+", "cortex-m3", "cortex-m4", "cortex-m7", "cortex-m23", "cortex-m33", "cortex-m55", "cortex-m85",
        "avr", "msp430", "riscv32", "xtensa",
    ];

    /// <summary>Arm's DSP extension: two 16-bit products in one instruction.</summary>
    public bool Dsp { get; init; }

    /// <summary>Floating point in hardware, single precision at least.</summary>
    public bool Fpu { get; init; }

    /// <summary>Arm's vector extension for microcontrollers (MVE).</summary>
    public bool Helium { get; init; }

    /// <summary>Other names it is found by: boards that carry the chip, ordering codes, what people call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its own figures as a budget; MACs = CoreMark × 10⁴ (NanoNAS) where a CoreMark is published.</summary>
    [JsonIgnore]
    public Budget Budget => new(Ram, Flash, CoreMark is { } mark ? (long)(mark * 1e4) : null);
}
