using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One column of <see cref="FastGrnnLayer"/> for 16 samples, [unit][16].</summary>
internal static unsafe class FastGrnnKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>Gate and candidate take the places of <paramref name="fromInput"/> and <paramref name="fromState"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* fromInput, float* fromState, float* gateBias, float* bias, float zeta, float nu, float* before, float* after, int units)
    {
        V one = L.Create(1), z = L.Create(zeta), n = L.Create(nu);
        for (int u = 0; u < units; u++)
            for (nint i = u * 16; i < u * 16 + 16; i += L.Width)
            {
                V sum = L.Add(L.Load(fromInput + i), L.Load(fromState + i));
                V gate = LaneMath<L, V>.Sigmoid(L.Add(sum, L.Create(gateBias[u]))), candidate = LaneMath<L, V>.Tanh(L.Add(sum, L.Create(bias[u])));
                L.Store(gate, fromInput + i);
                L.Store(candidate, fromState + i);
                L.Store(L.MultiplyAdd(gate, L.Load(before + i), L.Multiply(L.MultiplyAdd(z, L.Subtract(one, gate), n), candidate)), after + i);
            }
    }

    /// <param name="gradient">In: of the state after; out: what reaches the state before directly.</param>
    /// <param name="sums">Added to: of bias and gate bias, [unit][16] each, then of ζ and ν.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* gates, float* candidates, float zeta, float nu, float* before, float* gradient, float* result, float* sums, int units)
    {
        V one = L.Create(1), z = L.Create(zeta), n = L.Create(nu);
        float* ofGate = sums + (nint)units * 16, ofZeta = sums + (nint)units * 32, ofNu = ofZeta + 16;
        for (int u = 0; u < units; u++)
            for (int lane = 0; lane < 16; lane += L.Width)
            {
                nint i = u * 16 + lane;
                V gate = L.Load(gates + i), candidate = L.Load(candidates + i), dh = L.Load(gradient + i), rest = L.Subtract(one, gate);
                V dn = L.Multiply(L.Multiply(dh, L.MultiplyAdd(z, rest, n)), L.Subtract(one, L.Multiply(candidate, candidate)));
                V dz = L.Multiply(L.Multiply(dh, L.Subtract(L.Load(before + i), L.Multiply(z, candidate))), L.Multiply(gate, rest));
                V share = L.Multiply(dh, candidate);
                L.Store(L.Add(dn, dz), result + i);
                L.Store(L.Add(L.Load(sums + i), dn), sums + i);
                L.Store(L.Add(L.Load(ofGate + i), dz), ofGate + i);
                L.Store(L.MultiplyAdd(share, rest, L.Load(ofZeta + lane)), ofZeta + lane);
                L.Store(L.Add(L.Load(ofNu + lane), share), ofNu + lane);
                L.Store(L.Multiply(dh, gate), gradient + i);
            }
    }
}
