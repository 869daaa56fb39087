using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Training;

/// <summary>16 samples at a time.</summary>
internal unsafe readonly struct Lanes512 : ILanes<Vector512<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => 16;

    public static int Registers => 32;

    [MethodImpl(Inline)] public static Vector512<float> Load(float* source) => Vector512.Load(source);
    [MethodImpl(Inline)] public static void Store(Vector512<float> value, float* target) => value.Store(target);
    [MethodImpl(Inline)] public static Vector512<float> Create(float value) => Vector512.Create(value);
    [MethodImpl(Inline)] public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    [MethodImpl(Inline)] public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;
    [MethodImpl(Inline)] public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;
    [MethodImpl(Inline)] public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;
    [MethodImpl(Inline)] public static Vector512<float> SquareRoot(Vector512<float> a) => Vector512.Sqrt(a);
    [MethodImpl(Inline)] public static Vector512<float> PowerOfTwo(Vector512<float> exponent) =>
        Vector512.ShiftLeft(Vector512.ConvertToInt32(exponent) + Vector512.Create(127), 23).AsSingle();

    [MethodImpl(Inline)] public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    // The x86 instruction is exactly a > b ? a : b; Vector512.Max pays for IEEE 754's treatment of NaN and -0.
    [MethodImpl(Inline)] public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) =>
        Avx512F.IsSupported ? Avx512F.Max(a, b) : WhereGreater(a, b, a, b);

    [MethodImpl(Inline)] public static Vector512<float> WhereGreater(Vector512<float> a, Vector512<float> b, Vector512<float> then, Vector512<float> otherwise) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), then, otherwise);

    [MethodImpl(Inline)] public static Vector512<float> WhereEqual(Vector512<float> a, Vector512<float> b, Vector512<float> then, Vector512<float> otherwise) =>
        Vector512.ConditionalSelect(Vector512.Equals(a, b), then, otherwise);
}
