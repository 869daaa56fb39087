using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Initial weights; the stream is the layer's own, so that a layer's weights do not depend on the others.</summary>
internal static class HeNormal
{
    private static readonly ulong Purpose = RandomStream.KeyOf("initial weights");

    public static void Fill(Parameter kernel, ulong seed, int layer, int fanIn, ulong part = 0)
    {
        RandomStream stream = part == 0 ? RandomStream.Create(seed, Purpose, (ulong)layer) : RandomStream.Create(seed, Purpose, (ulong)layer, part);
        double deviation = Math.Sqrt(2.0 / fanIn);
        foreach (ref float weight in kernel.Span) weight = (float)(stream.NextNormal() * deviation);
    }
}
