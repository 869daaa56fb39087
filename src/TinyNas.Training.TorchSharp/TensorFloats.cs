using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Floats in and out of tensors on any device.</summary>
internal static class TensorFloats
{
    /// <summary>The tensor's own memory: it is contiguous and on the CPU.</summary>
    public static Span<float> Floats(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    public static float[] ToFloats(this Tensor tensor)
    {
        using Tensor here = tensor.cpu();
        return here.Floats().ToArray();
    }

    public static void Fill(this Tensor tensor, ReadOnlySpan<float> values)
    {
        using Tensor here = zeros([values.Length], float32);
        values.CopyTo(here.Floats());
        using Tensor shaped = here.view(tensor.shape);
        tensor.copy_(shaped);
    }
}
