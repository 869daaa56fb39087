using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One column of <see cref="GruLayer"/> for 16 samples; gates stand one after the other, [gate][unit][16].</summary>
internal static unsafe class GruKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>What the gates give takes the place of <paramref name="fromInput"/>, what the reset acts on that of the candidate's <paramref name="fromState"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* fromInput, float* fromState, float* bias, float* candidateBias, float* before, float* after, int units)
    {
        nint gate = (nint)units * 16;
        for (int u = 0; u < units; u++)
            for (nint i = u * 16; i < u * 16 + 16; i += L.Width)
            {
                V reset = LaneMath<L, V>.Sigmoid(L.Add(L.Add(L.Load(fromInput + i), L.Load(fromState + i)), L.Create(bias[u])));
                V update = LaneMath<L, V>.Sigmoid(L.Add(L.Add(L.Load(fromInput + gate + i), L.Load(fromState + gate + i)), L.Create(bias[units + u])));
                V memory = L.Add(L.Load(fromState + 2 * gate + i), L.Create(candidateBias[u]));
                V candidate = LaneMath<L, V>.Tanh(L.MultiplyAdd(reset, memory, L.Add(L.Load(fromInput + 2 * gate + i), L.Create(bias[2 * units + u]))));
                L.Store(reset, fromInput + i);
                L.Store(update, fromInput + gate + i);
                L.Store(candidate, fromInput + 2 * gate + i);
                L.Store(memory, fromState + 2 * gate + i);
                L.Store(L.MultiplyAdd(update, L.Subtract(L.Load(before + i), candidate), candidate), after + i);
            }
    }

    /// <param name="gradient">In: of the state after; out: what reaches the state before directly.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* gates, float* memories, float* before, float* gradient, float* ofInput, float* ofState, int units)
    {
        nint gate = (nint)units * 16;
        V one = L.Create(1);
        for (nint i = 0; i < gate; i += L.Width)
        {
            V reset = L.Load(gates + i), update = L.Load(gates + gate + i), candidate = L.Load(gates + 2 * gate + i), dh = L.Load(gradient + i);
            V dn = L.Multiply(L.Multiply(dh, L.Subtract(one, update)), L.Subtract(one, L.Multiply(candidate, candidate)));
            V dz = L.Multiply(L.Multiply(dh, L.Subtract(L.Load(before + i), candidate)), L.Multiply(update, L.Subtract(one, update)));
            V dr = L.Multiply(L.Multiply(dn, L.Load(memories + 2 * gate + i)), L.Multiply(reset, L.Subtract(one, reset)));
            L.Store(dr, ofInput + i);
            L.Store(dr, ofState + i);
            L.Store(dz, ofInput + gate + i);
            L.Store(dz, ofState + gate + i);
            L.Store(dn, ofInput + 2 * gate + i);
            L.Store(L.Multiply(dn, reset), ofState + 2 * gate + i);
            L.Store(L.Multiply(dh, update), gradient + i);
        }
    }
}
