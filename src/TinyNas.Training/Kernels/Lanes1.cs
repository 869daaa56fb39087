using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One sample at a time: what the other widths are compared with, and what runs where there is no SIMD.</summary>
internal unsafe readonly struct Lanes1 : ILanes<float>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => 1;

    public static int Registers => 16;

    [MethodImpl(Inline)] public static float Load(float* source) => *source;
    [MethodImpl(Inline)] public static void Store(float value, float* target) => *target = value;
    [MethodImpl(Inline)] public static float Create(float value) => value;
    [MethodImpl(Inline)] public static float Add(float a, float b) => a + b;
    [MethodImpl(Inline)] public static float Subtract(float a, float b) => a - b;
    [MethodImpl(Inline)] public static float Multiply(float a, float b) => a * b;
    [MethodImpl(Inline)] public static float Divide(float a, float b) => a / b;
    [MethodImpl(Inline)] public static float SquareRoot(float a) => MathF.Sqrt(a);
    [MethodImpl(Inline)] public static float PowerOfTwo(float exponent) => BitConverter.Int32BitsToSingle(((int)exponent + 127) << 23);
    [MethodImpl(Inline)] public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
    [MethodImpl(Inline)] public static float Max(float a, float b) => a > b ? a : b;
    [MethodImpl(Inline)] public static float WhereGreater(float a, float b, float then, float otherwise) => a > b ? then : otherwise;
    [MethodImpl(Inline)] public static float WhereEqual(float a, float b, float then, float otherwise) => a == b ? then : otherwise;
}
