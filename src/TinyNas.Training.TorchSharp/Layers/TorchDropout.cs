using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Inverted dropout, with the masks that the managed trainer would draw: blocks of 16 samples, in them value after value.</summary>
internal sealed class TorchDropout(Dropout dropout, int index, ulong seed, Shape shape, int batchSize, Device device) : TorchLayer
{
    private static readonly ulong Purpose = RandomStream.KeyOf("dropout");
    private readonly Tensor host = zeros([batchSize, shape.Height, shape.Width, shape.Channels], float32);
    private readonly Tensor mask = zeros([batchSize, shape.Height, shape.Width, shape.Channels], float32, device);

    public override Tensor Forward(Tensor[] inputs, long step)
    {
        Draw(step);
        mask.copy_(host);
        return inputs[0].mul(mask.permute(0, 3, 1, 2));
    }

    public override void Dispose()
    {
        host.Dispose();
        mask.Dispose();
    }

    private void Draw(long step)
    {
        RandomStream stream = RandomStream.Create(seed, Purpose, (ulong)index, (ulong)step);
        float kept = (float)(1 / (1 - dropout.Rate));
        Span<float> values = host.Floats();
        int size = shape.Count;
        for (int first = 0; first < batchSize; first += 16)
            for (int i = 0; i < size; i++)
                for (int sample = first; sample < first + 16; sample++)
                    values[sample * size + i] = stream.NextDouble() < dropout.Rate ? 0 : kept;
    }
}
