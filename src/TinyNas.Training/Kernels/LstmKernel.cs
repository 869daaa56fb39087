using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One column of <see cref="LstmLayer"/> for 16 samples; gates stand one after the other, [gate][unit][16].</summary>
internal static unsafe class LstmKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>What the gates give takes the place of <paramref name="fromInput"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* fromInput, float* fromState, float* bias, float* before, float* after, float* state, int units)
    {
        nint gate = (nint)units * 16;
        for (int u = 0; u < units; u++)
            for (nint i = u * 16; i < u * 16 + 16; i += L.Width)
            {
                V input = LaneMath<L, V>.Sigmoid(Sum(fromInput + i, fromState + i, bias[u]));
                V forget = LaneMath<L, V>.Sigmoid(Sum(fromInput + gate + i, fromState + gate + i, bias[units + u]));
                V candidate = LaneMath<L, V>.Tanh(Sum(fromInput + 2 * gate + i, fromState + 2 * gate + i, bias[2 * units + u]));
                V output = LaneMath<L, V>.Sigmoid(Sum(fromInput + 3 * gate + i, fromState + 3 * gate + i, bias[3 * units + u]));
                V cell = L.MultiplyAdd(forget, L.Load(before + i), L.Multiply(input, candidate));
                L.Store(input, fromInput + i);
                L.Store(forget, fromInput + gate + i);
                L.Store(candidate, fromInput + 2 * gate + i);
                L.Store(output, fromInput + 3 * gate + i);
                L.Store(cell, after + i);
                L.Store(L.Multiply(output, LaneMath<L, V>.Tanh(cell)), state + i);
            }
    }

    /// <param name="gates">What <see cref="Forward"/> left.</param>
    /// <param name="cellGradient">In: of the cell after; out: of the cell before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* gates, float* before, float* after, float* gradient, float* cellGradient, float* result, int units)
    {
        nint gate = (nint)units * 16;
        V one = L.Create(1);
        for (nint i = 0; i < gate; i += L.Width)
        {
            V input = L.Load(gates + i), forget = L.Load(gates + gate + i), candidate = L.Load(gates + 2 * gate + i), output = L.Load(gates + 3 * gate + i);
            V dh = L.Load(gradient + i), squashed = LaneMath<L, V>.Tanh(L.Load(after + i));
            V dc = L.MultiplyAdd(L.Multiply(dh, output), L.Subtract(one, L.Multiply(squashed, squashed)), L.Load(cellGradient + i));
            L.Store(L.Multiply(L.Multiply(dc, candidate), Slope(input)), result + i);
            L.Store(L.Multiply(L.Multiply(dc, L.Load(before + i)), Slope(forget)), result + gate + i);
            L.Store(L.Multiply(L.Multiply(dc, input), L.Subtract(one, L.Multiply(candidate, candidate))), result + 2 * gate + i);
            L.Store(L.Multiply(L.Multiply(dh, squashed), Slope(output)), result + 3 * gate + i);
            L.Store(L.Multiply(dc, forget), cellGradient + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum(float* a, float* b, float bias) => L.Add(L.Add(L.Load(a), L.Load(b)), L.Create(bias));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Slope(V sigmoid) => L.Multiply(sigmoid, L.Subtract(L.Create(1), sigmoid));
}
