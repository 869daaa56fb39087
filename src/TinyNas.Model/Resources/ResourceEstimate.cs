namespace TinyNas.Model;

/// <summary>
/// What a graph needs. Bytes. <paramref name="RamC"/> is .data + .bss of the emitted C; <paramref name="RamCStack"/> its
/// stack; <paramref name="RamTflm"/> TFLM's <c>arena_used_bytes</c> with CMSIS-NN on Cortex-M4;
/// <paramref name="FlashC"/> .text + .rodata + .data; <paramref name="FlashTflm"/> the model array plus TFLM's code.
/// </summary>
public sealed record ResourceEstimate(
    long Macs, long ConstantBytes, long RamC, long RamCStack, long RamTflm, long FlashC, long FlashTflm);
