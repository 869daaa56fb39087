using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Training;

/// <summary>Puts 16 arrays side by side: element i of array lane goes to target[16 i + lane]. Moves values only.</summary>
internal static unsafe class Interleave
{
    /// <param name="stride">Floats from one array to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint stride, float* target, int count)
    {
        int i = 0;
        for (; i + 4 <= count; i += 4)
            for (int lane = 0; lane < 16; lane += 4)
                Transpose(source + lane * stride + i, stride, target + i * 16 + lane, 16);
        for (; i < count; i++)
            for (int lane = 0; lane < 16; lane++) target[i * 16 + lane] = source[lane * stride + i];
    }

    /// <summary>4 × 4 values: target[i step + j] = source[j stride + i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* source, nint stride, float* target, nint step)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + stride);
        Vector128<float> c = Vector128.Load(source + 2 * stride), d = Vector128.Load(source + 3 * stride);
        Vector128<float> ac = Low(a, c), bd = Low(b, d);
        Low(ac, bd).Store(target);
        High(ac, bd).Store(target + step);
        ac = High(a, c);
        bd = High(b, d);
        Low(ac, bd).Store(target + 2 * step);
        High(ac, bd).Store(target + 3 * step);
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1));

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
}
