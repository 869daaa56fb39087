using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>Networks of the shapes that spaces build, and parameters as training leaves them.</summary>
internal static class Networks
{
    /// <summary>Filters grow by 2, 1.5, 1.25, … (NanoNAS).</summary>
    public static Network NanoNas(int k, int c, Shape input, int classes)
    {
        var layers = new List<Layer> { new Conv(k, 3, 3), new BatchNorm(), new Relu() };
        double growth = 2;
        int filters = k;
        for (int i = 1; i <= c; i++)
        {
            filters = (int)Math.Ceiling(filters * growth);
            growth -= 1.0 / (1 << i);
            layers.AddRange([new MaxPool(2, 2), new Conv(filters, 3, 3), new BatchNorm(), new Relu()]);
        }
        layers.AddRange([new GlobalAveragePool(), new Dropout(0.5), new Dense(classes)]);
        return new Network(input, [.. layers]);
    }

    /// <summary>He-scaled kernels, and batch normalisations with means and variances that differ by channel.</summary>
    public static TrainedNetwork Trained(Network network, ulong seed, bool negativeScales = false)
    {
        var random = new RandomStream(seed, RandomStream.KeyOf("test network"));
        Shape[] shapes = network.Shapes();
        var parameters = new List<ImmutableDictionary<string, float[]>>();
        for (int i = 0; i < shapes.Length; i++)
        {
            int from = network.InputsOf(i)[0];
            Shape input = from < 0 ? network.Input : shapes[from];
            var own = new Dictionary<string, float[]>();
            switch (network.Layers[i])
            {
                case Conv conv:
                    int taps = conv.KernelHeight * conv.KernelWidth * input.Channels / conv.Groups;
                    own["kernel"] = Normals(conv.Filters * taps, Math.Sqrt(2.0 / taps));
                    if (conv.Bias) own["bias"] = Normals(conv.Filters, 0.3);
                    break;
                case ConvTranspose transposed:
                    own["kernel"] = Normals(input.Channels * transposed.KernelHeight * transposed.KernelWidth * transposed.Filters, Math.Sqrt(1.0 / input.Channels));
                    if (transposed.Bias) own["bias"] = Normals(transposed.Filters, 0.3);
                    break;
                case Dense dense:
                    own["kernel"] = Normals(dense.Units * input.Count, Math.Sqrt(1.0 / input.Count));
                    if (dense.Bias) own["bias"] = Normals(dense.Units, 0.3);
                    break;
                case BatchNorm:
                    own["gamma"] = [.. Normals(input.Channels, 0.3).Select((g, c) => (negativeScales && c % 2 == 1 ? -1 : 1) * (0.2f + Math.Abs(1 + g)))];
                    own["beta"] = Normals(input.Channels, 0.4);
                    own["mean"] = Normals(input.Channels, 0.4);
                    own["variance"] = [.. Normals(input.Channels, 0.5).Select(v => 0.05f + v * v)];
                    break;
            }
            parameters.Add(own.ToImmutableDictionary());
        }
        return new TrainedNetwork(network, [.. parameters]);

        float[] Normals(int count, double deviation)
        {
            var values = new float[count];
            for (int j = 0; j < count; j++) values[j] = (float)(deviation * random.NextNormal());
            return values;
        }
    }
}
