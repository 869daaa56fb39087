using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>Layers one at a time in doubles, by their definitions: what folding and fusing must not change.</summary>
internal static class DoubleReference
{
    /// <summary>The network as trained, batch normalisation and all.</summary>
    public static double[] Layers(TrainedNetwork trained, double[] x)
    {
        Network network = trained.Network;
        Shape[] shapes = network.Shapes();
        var outputs = new Dictionary<int, double[]> { [-1] = x };
        for (int i = 0; i < shapes.Length; i++)
        {
            ImmutableArray<int> from = network.InputsOf(i);
            Shape input = from[0] < 0 ? network.Input : shapes[from[0]];
            ImmutableDictionary<string, float[]> own = trained.Parameters[i];
            x = outputs[from[0]];
            outputs[i] = network.Layers[i] switch
            {
                Conv conv => Convolve(conv, input, shapes[i], Widen(own["kernel"]), Widen(own.GetValueOrDefault("bias")), x),
                ConvTranspose transposed => Spread(transposed, input, shapes[i], Widen(own["kernel"])!, Widen(own.GetValueOrDefault("bias")), x),
                Dense => WeightedSums(Widen(own["kernel"]), Widen(own.GetValueOrDefault("bias")), x, shapes[i].Channels),
                BatchNorm norm => Normalise(norm, own, x),
                Relu => Array.ConvertAll(x, v => Math.Max(v, 0)),
                Relu6 => Array.ConvertAll(x, v => Math.Clamp(v, 0, 6)),
                MaxPool pool => MaxPool(pool.Height, pool.Width, input, shapes[i], x),
                AveragePool pool => AveragePool(pool.Height, pool.Width, input, shapes[i], x),
                GlobalAveragePool => Mean(input, x),
                Dropout => x,
                Add => [.. x.Select((_, k) => from.Sum(f => outputs[f][k]))],
                Multiply => Product(x, outputs[from[1]]),
                Concatenate => Concatenated([.. from.Select(f => outputs[f])], shapes[i]),
                Pad pad => Padded(pad, input, shapes[i], x),
                Upsample scale => Repeated(scale, input, shapes[i], x),
                Softmax => Shares(x, input.Channels),
                Activation function => Array.ConvertAll(x, v => Apply(function, v)),
                _ => throw new NotSupportedException(),
            };
        }
        return outputs[shapes.Length - 1];
    }

    /// <summary>The stages with their folded numbers.</summary>
    public static double[] Stages(TrainedNetwork trained, double[] x)
    {
        var outputs = new Dictionary<int, double[]> { [-1] = x };
        foreach (InferenceStage stage in Folding.Stages(trained))
        {
            x = outputs[stage.Input];
            double[] y = stage switch
            {
                LinearStage { Transposed: true } transposed => Spread(transposed, Folding.Fold(transposed, trained), x),
                LinearStage linear => Linear(linear, Folding.Fold(linear, trained), x),
                MaxPoolStage pool => MaxPool(pool.Height, pool.Width, pool.In, pool.Out, x),
                AveragePoolStage pool => AveragePool(pool.Height, pool.Width, pool.In, pool.Out, x),
                AddStage add => [.. x.Zip(outputs[add.Second], (a, b) => a + b)],
                MultiplyStage multiply => Product(x, outputs[multiply.Second]),
                ConcatenateStage concatenate => Concatenated([.. concatenate.Parts.Select(part => outputs[part])], stage.Out),
                RequantiseStage => x,
                PadStage pad => Padded(pad.Border, pad.In, pad.Out, x),
                UpsampleStage upsample => Repeated(upsample.Scale, upsample.In, upsample.Out, x),
                SoftmaxStage => Shares(x, stage.In.Channels),
                FunctionStage function => Array.ConvertAll(x, v => Apply(function.Function, v)),
                MeanStage => Mean(stage.In, x),
                _ => throw new NotSupportedException(stage.Name),
            };
            outputs[outputs.Count - 1] = Activate(stage.Activation, y);
        }
        return outputs[outputs.Count - 2];
    }

    internal static double Apply(Activation function, double x) => function switch
    {
        LeakyRelu leaky => x > 0 ? x : leaky.Slope * x,
        HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
        Sigmoid => 1 / (1 + Math.Exp(-x)),
        Tanh => Math.Tanh(x),
        _ => throw new NotSupportedException(function.ToString()),
    };

    internal static double[] Product(double[] a, double[] b) => [.. a.Select((v, i) => v * b[i % b.Length])];

    internal static double[] Concatenated(double[][] parts, Shape output)
    {
        int pixels = output.Height * output.Width;
        return [.. Enumerable.Range(0, pixels).SelectMany(p => parts.SelectMany(part => part.Chunk(part.Length / pixels).ElementAt(p)))];
    }

    /// <summary>Every input pixel times the kernel [in, kh, kw, out], added where its window lies.</summary>
    internal static double[] Spread(ConvTranspose layer, Shape input, Shape output, double[] kernel, double[]? bias, double[] x)
    {
        int top = layer.Padding == Padding.Same ? Math.Max(layer.KernelHeight - layer.StrideHeight, 0) / 2 : 0;
        int left = layer.Padding == Padding.Same ? Math.Max(layer.KernelWidth - layer.StrideWidth, 0) / 2 : 0;
        var y = new double[output.Count];
        for (int i = 0; i < y.Length; i++) y[i] = bias is null ? 0 : bias[i % output.Channels];
        for (int i = 0; i < x.Length; i++)
            for (int t = 0; t < layer.KernelHeight * layer.KernelWidth; t++)
            {
                int row = i / input.Channels / input.Width * layer.StrideHeight + t / layer.KernelWidth - top;
                int column = i / input.Channels % input.Width * layer.StrideWidth + t % layer.KernelWidth - left;
                if (row < 0 || row >= output.Height || column < 0 || column >= output.Width) continue;
                for (int f = 0; f < output.Channels; f++)
                    y[(row * output.Width + column) * output.Channels + f] +=
                        x[i] * kernel[(i % input.Channels * layer.KernelHeight * layer.KernelWidth + t) * output.Channels + f];
            }
        return y;
    }

    /// <summary>The same with the kernel as a stage has it, [out, kh, kw, in].</summary>
    internal static double[] Spread(LinearStage stage, FoldedLinear folded, double[] x)
    {
        Conv g = stage.Geometry;
        int taps = g.KernelHeight * g.KernelWidth, inputs = stage.In.Channels, filters = stage.Out.Channels;
        double[] kernel = [.. from c in Enumerable.Range(0, inputs) from t in Enumerable.Range(0, taps) from f in Enumerable.Range(0, filters) select folded.Kernel[(f * taps + t) * inputs + c]];
        var layer = new ConvTranspose(filters, g.KernelHeight, g.KernelWidth) { StrideHeight = g.StrideHeight, StrideWidth = g.StrideWidth, Padding = g.Padding };
        return Spread(layer, stage.In, stage.Out, kernel, folded.Bias, x);
    }

    internal static double[] Shares(double[] x, int channels) => [.. x.Chunk(channels).SelectMany(z => z.Select(v => Math.Exp(v) / z.Sum(Math.Exp)))];

    internal static double[] Repeated(Upsample scale, Shape input, Shape output, double[] x) => [.. Enumerable.Range(0, output.Count).Select(i =>
        x[(i / output.Channels / output.Width / scale.Height * input.Width + i / output.Channels % output.Width / scale.Width) * input.Channels + i % output.Channels])];

    internal static double[] Padded(Pad pad, Shape input, Shape output, double[] x)
    {
        var y = new double[output.Count];
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % input.Channels, row = i / input.Channels / input.Width + pad.Top, column = i / input.Channels % input.Width + pad.Left;
            y[(row * output.Width + column) * input.Channels + c] = x[i];
        }
        return y;
    }

    internal static double[] Activate(FusedActivation activation, double[] y) => activation switch
    {
        FusedActivation.Relu => Array.ConvertAll(y, v => Math.Max(v, 0)),
        FusedActivation.Relu6 => Array.ConvertAll(y, v => Math.Clamp(v, 0, 6)),
        _ => y,
    };

    private static double[] Linear(LinearStage stage, FoldedLinear folded, double[] x) =>
        stage.FullyConnected ? WeightedSums(folded.Kernel, folded.Bias, x, stage.Out.Channels)
        : Convolve(stage.Geometry, stage.In, stage.Out, folded.Kernel, folded.Bias, x);

    internal static double[] AveragePool(int height, int width, Shape input, Shape output, double[] x)
    {
        var y = new double[output.Count];
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % input.Channels, oy = i / input.Channels / input.Width / height, ox = i / input.Channels % input.Width / width;
            if (oy < output.Height && ox < output.Width) y[(oy * output.Width + ox) * input.Channels + c] += x[i] / (height * width);
        }
        return y;
    }

    private static double[]? Widen(float[]? values) => values is null ? null : Array.ConvertAll(values, v => (double)v);

    internal static double[] Convolve(Conv c, Shape input, Shape output, double[]? kernel, double[]? bias, double[] x)
    {
        var y = new double[output.Count];
        int group = input.Channels / c.Groups, filtersOfGroup = c.Filters / c.Groups;
        int top = Top(c.Padding, input.Height, output.Height, c.KernelHeight, c.StrideHeight, c.DilationHeight);
        int left = c.Causal ? (c.KernelWidth - 1) * c.DilationWidth : Top(c.Padding, input.Width, output.Width, c.KernelWidth, c.StrideWidth, c.DilationWidth);
        for (int i = 0; i < y.Length; i++)
        {
            int f = i % c.Filters, ox = i / c.Filters % output.Width, oy = i / c.Filters / output.Width;
            y[i] = bias is null ? 0 : bias[f];
            for (int t = 0; t < c.KernelHeight * c.KernelWidth * group; t++)
            {
                int iy = oy * c.StrideHeight + t / group / c.KernelWidth * c.DilationHeight - top;
                int ix = ox * c.StrideWidth + t / group % c.KernelWidth * c.DilationWidth - left;
                if (iy < 0 || iy >= input.Height || ix < 0 || ix >= input.Width) continue;
                y[i] += kernel![f * c.KernelHeight * c.KernelWidth * group + t]
                    * x[(iy * input.Width + ix) * input.Channels + f / filtersOfGroup * group + t % group];
            }
        }
        return y;
    }

    private static int Top(Padding padding, int size, int output, int kernel, int stride, int dilation) =>
        padding == Padding.Valid ? 0 : Math.Max((output - 1) * stride + (kernel - 1) * dilation + 1 - size, 0) / 2;

    internal static double[] WeightedSums(double[]? kernel, double[]? bias, double[] x, int units) =>
        [.. Enumerable.Range(0, units).Select(u => (bias is null ? 0 : bias[u]) + x.Select((v, i) => v * kernel![u * x.Length + i]).Sum())];

    private static double[] Normalise(BatchNorm norm, ImmutableDictionary<string, float[]> own, double[] x)
    {
        int channels = own["gamma"].Length;
        return [.. x.Select((v, i) => own["gamma"][i % channels] * (v - own["mean"][i % channels])
            / Math.Sqrt(own["variance"][i % channels] + norm.Epsilon) + own["beta"][i % channels])];
    }

    private static double[] MaxPool(int height, int width, Shape input, Shape output, double[] x)
    {
        var y = new double[output.Count];
        Array.Fill(y, double.NegativeInfinity);
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % input.Channels, oy = i / input.Channels / input.Width / height, ox = i / input.Channels % input.Width / width;
            if (oy >= output.Height || ox >= output.Width) continue;
            int at = (oy * output.Width + ox) * input.Channels + c;
            y[at] = Math.Max(y[at], x[i]);
        }
        return y;
    }

    internal static double[] Mean(Shape input, double[] x) =>
        [.. Enumerable.Range(0, input.Channels).Select(c => x.Where((_, i) => i % input.Channels == c).Average())];
}
