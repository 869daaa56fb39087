using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Training;

/// <summary>4 samples at a time (SSE and Arm64).</summary>
internal unsafe readonly struct Lanes128 : ILanes<Vector128<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Width => 4;

    public static int Registers => Avx512F.VL.IsSupported || AdvSimd.IsSupported ? 32 : 16;

    [MethodImpl(Inline)] public static Vector128<float> Load(float* source) => Vector128.Load(source);
    [MethodImpl(Inline)] public static void Store(Vector128<float> value, float* target) => value.Store(target);
    [MethodImpl(Inline)] public static Vector128<float> Create(float value) => Vector128.Create(value);
    [MethodImpl(Inline)] public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
    [MethodImpl(Inline)] public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;
    [MethodImpl(Inline)] public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;
    [MethodImpl(Inline)] public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;
    [MethodImpl(Inline)] public static Vector128<float> SquareRoot(Vector128<float> a) => Vector128.Sqrt(a);
    [MethodImpl(Inline)] public static Vector128<float> PowerOfTwo(Vector128<float> exponent) =>
        Vector128.ShiftLeft(Vector128.ConvertToInt32(exponent) + Vector128.Create(127), 23).AsSingle();

    [MethodImpl(Inline)] public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);

    // The x86 instruction is exactly a > b ? a : b; Vector128.Max pays for IEEE 754's treatment of NaN and -0.
    [MethodImpl(Inline)] public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Max(a, b) : WhereGreater(a, b, a, b);

    [MethodImpl(Inline)] public static Vector128<float> WhereGreater(Vector128<float> a, Vector128<float> b, Vector128<float> then, Vector128<float> otherwise) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), then, otherwise);

    [MethodImpl(Inline)] public static Vector128<float> WhereEqual(Vector128<float> a, Vector128<float> b, Vector128<float> then, Vector128<float> otherwise) =>
        Vector128.ConditionalSelect(Vector128.Equals(a, b), then, otherwise);
}
