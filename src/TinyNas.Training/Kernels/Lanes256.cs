using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Training;

/// <summary>8 samples at a time.</summary>
internal unsafe readonly struct Lanes256 : ILanes<Vector256<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => 8;

    public static int Registers => Avx512F.VL.IsSupported ? 32 : 16;

    [MethodImpl(Inline)] public static Vector256<float> Load(float* source) => Vector256.Load(source);
    [MethodImpl(Inline)] public static void Store(Vector256<float> value, float* target) => value.Store(target);
    [MethodImpl(Inline)] public static Vector256<float> Create(float value) => Vector256.Create(value);
    [MethodImpl(Inline)] public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    [MethodImpl(Inline)] public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;
    [MethodImpl(Inline)] public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;
    [MethodImpl(Inline)] public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;
    [MethodImpl(Inline)] public static Vector256<float> SquareRoot(Vector256<float> a) => Vector256.Sqrt(a);
    [MethodImpl(Inline)] public static Vector256<float> PowerOfTwo(Vector256<float> exponent) =>
        Vector256.ShiftLeft(Vector256.ConvertToInt32(exponent) + Vector256.Create(127), 23).AsSingle();

    [MethodImpl(Inline)] public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    // The x86 instruction is exactly a > b ? a : b; Vector256.Max pays for IEEE 754's treatment of NaN and -0.
    [MethodImpl(Inline)] public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.Max(a, b) : WhereGreater(a, b, a, b);

    [MethodImpl(Inline)] public static Vector256<float> WhereGreater(Vector256<float> a, Vector256<float> b, Vector256<float> then, Vector256<float> otherwise) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), then, otherwise);

    [MethodImpl(Inline)] public static Vector256<float> WhereEqual(Vector256<float> a, Vector256<float> b, Vector256<float> then, Vector256<float> otherwise) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, b), then, otherwise);
}
