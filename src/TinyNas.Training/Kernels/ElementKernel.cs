using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>A function of each value over a row of pixels, and the gradient through it.</summary>
internal sealed unsafe class ElementKernel<L, V, TFunction> : ElementKernel
    where L : struct, ILanes<V> where V : unmanaged where TFunction : struct, IElementFunction<L, V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Pixels x, Pixels y, int pixels, int channels, float number)
    {
        V own = L.Create(number);
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(TFunction.Apply(L.Load(x.Start + p * x.Step + i), own), y.Start + p * y.Step + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradient(Pixels x, Pixels dy, Pixels dx, int pixels, int channels, float number)
    {
        V own = L.Create(number);
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(TFunction.Gradient(L.Load(x.Start + p * x.Step + i), L.Load(dy.Start + p * dy.Step + i), own), dx.Start + p * dx.Step + i);
    }
}

/// <summary>See the class of the same name with lanes.</summary>
internal abstract unsafe class ElementKernel
{
    public abstract void Apply(Pixels x, Pixels y, int pixels, int channels, float number);

    public abstract void Gradient(Pixels x, Pixels dy, Pixels dx, int pixels, int channels, float number);
}
