using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>
/// The loss of a batch as plain loops in double precision, written from the definitions of the layers and sharing no code
/// with the trainer but the random stream of dropout.
/// </summary>
internal sealed class ReferenceNetwork(Network network, ulong seed)
{
    private readonly Shape[] shapes = network.Shapes();

    public double Loss(double[][] inputs, int[] targets, IReadOnlyList<IReadOnlyDictionary<string, double[]>> parameters)
    {
        var outputs = new List<double[][]>();
        for (int i = 0; i < network.Layers.Length; i++)
        {
            double[][][] read = [.. network.InputsOf(i).Select(from => from < 0 ? inputs : outputs[from])];
            int first = network.InputsOf(i)[0];
            outputs.Add(read.Length == 1 ? Apply(i, read[0], first < 0 ? network.Input : shapes[first], parameters[i]) : Join(i, read));
        }
        double[][] maps = outputs[^1];
        double loss = 0;
        for (int n = 0; n < maps.Length; n++) loss += Math.Log(maps[n].Sum(z => Math.Exp(z - maps[n][targets[n]])));
        return loss / maps.Length;
    }

    private double[][] Join(int index, double[][][] read)
    {
        int channels = shapes[index].Channels, pixels = shapes[index].Height * shapes[index].Width;
        return [.. Enumerable.Range(0, read[0].Length).Select(n => network.Layers[index] switch
        {
            Add => Enumerable.Range(0, read[0][n].Length).Select(i => read.Sum(maps => maps[n][i])).ToArray(),
            Multiply => [.. read[0][n].Select((x, i) => x * read[1][n][i % read[1][n].Length])],
            Concatenate => [.. Enumerable.Range(0, pixels).SelectMany(p => read.SelectMany(maps => maps[n][(p * maps[n].Length / pixels)..((p + 1) * maps[n].Length / pixels)]))],
            _ => throw new NotSupportedException(),
        })];
    }

    private static double[] Resize(double[] map, Shape from, Shape to, Func<int, int, (int Row, int Column)> source)
    {
        var result = new double[to.Count];
        for (int i = 0; i < result.Length; i++)
        {
            var (row, column) = source(i / to.Channels / to.Width, i / to.Channels % to.Width);
            if (row >= 0 && row < from.Height && column >= 0 && column < from.Width) result[i] = map[(row * from.Width + column) * from.Channels + i % to.Channels];
        }
        return result;
    }

    private static double[] Average(AveragePool pool, double[] map, Shape from, Shape to)
    {
        var result = new double[to.Count];
        for (int i = 0; i < map.Length; i++)
        {
            int row = i / from.Channels / from.Width / pool.Height, column = i / from.Channels % from.Width / pool.Width;
            if (row < to.Height && column < to.Width) result[(row * to.Width + column) * to.Channels + i % from.Channels] += map[i] / (pool.Height * pool.Width);
        }
        return result;
    }

    private static double Activate(Activation activation, double x) => activation switch
    {
        Relu => Math.Max(x, 0),
        Relu6 => Math.Clamp(x, 0, 6),
        LeakyRelu leaky => x > 0 ? x : leaky.Slope * x,
        HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
        Sigmoid => 1 / (1 + Math.Exp(-x)),
        Tanh => Math.Tanh(x),
        Selu => Selu.Lambda * (x > 0 ? x : Selu.Alpha * (Math.Exp(x) - 1)),
        _ => throw new NotSupportedException(),
    };

    private double[][] Apply(int index, double[][] maps, Shape from, IReadOnlyDictionary<string, double[]> p)
    {
        Shape to = shapes[index];
        return network.Layers[index] switch
        {
            Conv conv => [.. maps.Select(map => Convolve(conv, map, from, to, p))],
            ConvTranspose transposed => [.. maps.Select(map => Quantisation.DoubleReference.Spread(transposed, from, to, p["kernel"], p.GetValueOrDefault("bias"), map))],
            BatchNorm norm => Normalise(norm, maps, from.Channels, p),
            Activation activation => [.. maps.Select(map => map.Select(x => Activate(activation, x)).ToArray())],
            AveragePool pool => [.. maps.Select(map => Average(pool, map, from, to))],
            Pad pad => [.. maps.Select(map => Resize(map, from, to, (row, column) => (row - pad.Top, column - pad.Left)))],
            Upsample scale => [.. maps.Select(map => Resize(map, from, to, (row, column) => (row / scale.Height, column / scale.Width)))],
            Recurrent recurrent => [.. maps.Select(map => ReferenceRecurrence.Run(recurrent, map.Chunk(from.Channels).ToArray(), p))],
            Softmax => [.. maps.Select(map => map.Chunk(from.Channels).SelectMany(z => z.Select(x => Math.Exp(x) / z.Sum(Math.Exp))).ToArray())],
            MaxPool pool => [.. maps.Select(map => Pool(pool, map, from, to))],
            GlobalAveragePool => [.. maps.Select(map => Enumerable.Range(0, from.Channels)
                .Select(c => Enumerable.Range(0, from.Height * from.Width).Average(i => map[i * from.Channels + c])).ToArray())],
            Dropout dropout => Drop(dropout, index, maps),
            Dense dense => [.. maps.Select(map => Enumerable.Range(0, dense.Units)
                .Select(unit => (dense.Bias ? p["bias"][unit] : 0) + map.Select((x, j) => x * p["kernel"][unit * map.Length + j]).Sum()).ToArray())],
            _ => throw new NotSupportedException(),
        };
    }

    private static double[] Convolve(Conv conv, double[] map, Shape from, Shape to, IReadOnlyDictionary<string, double[]> p)
    {
        int group = from.Channels / conv.Groups, filtersPerGroup = conv.Filters / conv.Groups;
        int top = Before(from.Height, to.Height, conv.KernelHeight, conv.StrideHeight, conv.DilationHeight, conv.Padding);
        int left = conv.Causal ? (conv.KernelWidth - 1) * conv.DilationWidth : Before(from.Width, to.Width, conv.KernelWidth, conv.StrideWidth, conv.DilationWidth, conv.Padding);
        var result = new double[to.Count];
        for (int y = 0; y < to.Height; y++)
            for (int x = 0; x < to.Width; x++)
                for (int f = 0; f < conv.Filters; f++)
                {
                    double sum = conv.Bias ? p["bias"][f] : 0;
                    for (int i = 0; i < conv.KernelHeight; i++)
                        for (int j = 0; j < conv.KernelWidth; j++)
                        {
                            int v = y * conv.StrideHeight - top + i * conv.DilationHeight, u = x * conv.StrideWidth - left + j * conv.DilationWidth;
                            if (v < 0 || v >= from.Height || u < 0 || u >= from.Width) continue;
                            for (int c = 0; c < group; c++)
                                sum += p["kernel"][((f * conv.KernelHeight + i) * conv.KernelWidth + j) * group + c]
                                    * map[(v * from.Width + u) * from.Channels + f / filtersPerGroup * group + c];
                        }
                    result[(y * to.Width + x) * to.Channels + f] = sum;
                }
        return result;
    }

    private static int Before(int size, int output, int kernel, int stride, int dilation, Padding padding) =>
        padding == Padding.Valid ? 0 : Math.Max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - size) / 2;

    private static double[][] Normalise(BatchNorm norm, double[][] maps, int channels, IReadOnlyDictionary<string, double[]> p)
    {
        double[][] result = [.. maps.Select(map => new double[map.Length])];
        for (int c = 0; c < channels; c++)
        {
            double[] values = maps.SelectMany(map => map.Where((_, i) => i % channels == c)).ToArray();
            double mean = values.Average(), variance = values.Average(v => (v - mean) * (v - mean));
            for (int n = 0; n < maps.Length; n++)
                for (int i = c; i < maps[n].Length; i += channels)
                    result[n][i] = p["gamma"][c] * (maps[n][i] - mean) / Math.Sqrt(variance + norm.Epsilon) + p["beta"][c];
        }
        return result;
    }

    private static double[] Pool(MaxPool pool, double[] map, Shape from, Shape to)
    {
        var result = new double[to.Count];
        for (int y = 0; y < to.Height; y++)
            for (int x = 0; x < to.Width; x++)
                for (int c = 0; c < to.Channels; c++)
                {
                    double largest = double.NegativeInfinity;
                    for (int i = 0; i < pool.Height; i++)
                        for (int j = 0; j < pool.Width; j++)
                            largest = Math.Max(largest, map[((y * pool.Height + i) * from.Width + x * pool.Width + j) * from.Channels + c]);
                    result[(y * to.Width + x) * to.Channels + c] = largest;
                }
        return result;
    }

    private double[][] Drop(Dropout dropout, int index, double[][] maps)
    {
        // The trainer draws block after block of 16 samples, values outside and samples inside.
        RandomStream stream = RandomStream.Create(seed, RandomStream.KeyOf("dropout"), (ulong)index, 0);
        double[][] result = [.. maps.Select(map => new double[map.Length])];
        for (int block = 0; block < maps.Length; block += 16)
            for (int i = 0; i < maps[0].Length; i++)
                for (int n = block; n < block + 16; n++)
                    result[n][i] = stream.NextDouble() < dropout.Rate ? 0 : maps[n][i] / (1 - dropout.Rate);
        return result;
    }
}
