using TinyNas.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// Layers of a network as torch has them. To add one: a case here (with a class where it has parameters or draws random numbers), its
/// parameters' shape in <see cref="WeightTensors"/>, and a network with it in the tests, which compare gradients with the managed trainer's.
/// </summary>
internal static class TorchLayers
{
    /// <exception cref="TinyNasException">TNAS0002: the layer has no translation.</exception>
    public static TorchLayer Create(Network network, int index, Shape[] inputs, Shape output, TorchContext context)
    {
        WeightTensors weights = context.Weights;
        Tensor Weight(string name) => weights.Of(index, name)!;
        return network.Layers[index] switch
        {
            Conv conv => new TorchConv(conv, inputs[0], Weight("kernel"), weights.Of(index, "bias"), context.ChannelsInnermost),
            ConvTranspose conv => new TorchConvTranspose(conv, inputs[0], output, Weight("kernel"), weights.Of(index, "bias")),
            Dense => Product(Weight("kernel"), weights.Of(index, "bias")),
            BatchNorm norm => new TorchBatchNorm(norm, Weight("gamma"), Weight("beta"),
                context.Statistics.BatchOf(index, "mean", output.Channels), context.Statistics.BatchOf(index, "variance", output.Channels)),
            Dropout dropout => new TorchDropout(dropout, index, context.Seed, output, context.BatchSize, context.Device),
            Lstm lstm => new TorchLstm(lstm, Weight("kernel"), Weight("recurrent"), Weight("bias")),
            Gru gru => new TorchGru(gru, Weight("kernel"), Weight("recurrent"), Weight("bias"), Weight("candidateBias")),
            FastGrnn fast => new TorchFastGrnn(
                fast, Weight("kernel"), Weight("recurrent"), Weight("bias"), Weight("gateBias"), Weight("zeta"), Weight("nu")),
            Relu => Of(x => x.relu()),
            Relu6 => Of(x => x.relu6()),
            LeakyRelu leaky => Of(x => x.leaky_relu(leaky.Slope)),
            HardSwish => Of(x => x.hardswish()),
            Sigmoid => Of(x => x.sigmoid()),
            Tanh => Of(x => x.tanh()),
            Selu => Of(x => x.selu()),
            Softmax => Of(x => x.softmax(1)),
            MaxPool pool => MaxPooling([pool.Height, pool.Width]),
            AveragePool pool => Of(x => Windows(x, output, pool).mean([3, 5])),
            GlobalAveragePool => Of(x => x.mean([2, 3], keepdim: true)),
            Add => new TorchFunction(x => x.Aggregate((sum, next) => sum.add(next))),
            Multiply => new TorchFunction(x => x[0].mul(x[1])),
            Concatenate => new TorchFunction(x => cat(x, 1)),
            Pad pad => Of(x => nn.functional.pad(x, new long[] { pad.Left, pad.Right, pad.Top, pad.Bottom }, PaddingModes.Constant, 0)),
            Upsample scale => Of(x => Repeat(x, inputs[0], scale)),
            Layer layer => throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Trainer", "TorchSharp",
                $"{layer.GetType().Name} (layer {index}) is trained by the managed trainer alone") { Setting = "Trainer" },
        };
    }

    private static TorchFunction Of(Func<Tensor, Tensor> function) => new(x => function(x[0]));

    /// <summary>The stride is said: TorchSharp's default is 1, torch's the window.</summary>
    private static TorchFunction MaxPooling(long[] window) => Of(x => nn.functional.max_pool2d(x, window, window));

    /// <summary>The input is flattened as it stands in memory: channels innermost.</summary>
    private static TorchFunction Product(Tensor kernel, Tensor? bias) => Of(x =>
        nn.functional.linear(x.permute(0, 2, 3, 1).reshape(x.shape[0], -1), kernel, bias!).unsqueeze(2).unsqueeze(3));

    /// <summary>[samples, channels, rows, row in window, columns, column in window]; what fills no window is left out.</summary>
    private static Tensor Windows(Tensor x, Shape output, AveragePool pool) => x
        .narrow(2, 0, output.Height * pool.Height).narrow(3, 0, output.Width * pool.Width)
        .reshape(x.shape[0], output.Channels, output.Height, pool.Height, output.Width, pool.Width);

    private static Tensor Repeat(Tensor x, Shape input, Upsample scale) => x.unsqueeze(3).unsqueeze(5)
        .expand(x.shape[0], input.Channels, input.Height, scale.Height, input.Width, scale.Width)
        .reshape(x.shape[0], input.Channels, input.Height * scale.Height, input.Width * scale.Width);
}
