using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Turns a network's layers into as few stages as stay exact. A batch normalisation goes into the linear stage before it,
/// or waits until a later linear stage can take it in; it passes means always and max-pools where its scales are not
/// negative (max commutes with those only). Zero padding stands for a normalised zero, so a padded convolution
/// cannot take in what waits; where no stage can, a normalisation becomes a depthwise 1 × 1 stage of its own.
/// </summary>
internal sealed class InferenceStageBuilder
{
    private readonly Network network;
    private readonly Func<int, bool> keepsOrder;
    private readonly List<InferenceStage> stages = [];
    private ImmutableArray<int> waiting = [];

    private InferenceStageBuilder(Network network, Func<int, bool> keepsOrder) => (this.network, this.keepsOrder) = (network, keepsOrder);

    /// <param name="keepsOrder">Whether no scale of the batch normalisation at this layer index is negative.</param>
    /// <exception cref="TinyNasException">A layer has no int8 operator.</exception>
    public static ImmutableArray<InferenceStage> Build(Network network, Func<int, bool> keepsOrder)
    {
        var builder = new InferenceStageBuilder(network, keepsOrder);
        foreach (int layer in builder.Path()) builder.Append(layer);
        int last = network.Layers.Length - 1;
        if (builder.waiting.Length > 0) builder.Settle(last);
        if (builder.stages.Count == 0 || builder.Shape is not { Height: 1, Width: 1 })
            throw builder.Unsupported(last, $"the network must end in a vector of scores, not in {builder.Shape}");
        return [.. builder.stages];
    }

    private Shape Shape => stages.Count == 0 ? network.Input : stages[^1].Out;

    /// <summary>The layers that the output depends on, first to last.</summary>
    private Stack<int> Path()
    {
        var path = new Stack<int>();
        for (int layer = network.Layers.Length - 1; layer >= 0; layer = network.InputsOf(layer)[0])
        {
            if (network.InputsOf(layer).Length != 1) throw Unsupported(layer, "it reads several layers");
            path.Push(layer);
        }
        return path;
    }

    private void Append(int layer)
    {
        switch (network.Layers[layer])
        {
            case Conv conv: AppendConv(layer, conv); break;
            case Dense dense: AppendDense(layer, dense); break;
            case BatchNorm: AppendNormalisation(layer); break;
            case Relu: AppendRelu(layer); break;
            case MaxPool pool: AppendMaxPool(layer, pool); break;
            case GlobalAveragePool:
                stages.Add(new MeanStage(Name<MeanStage>("mean"), stages.Count - 1, Shape, new Shape(1, 1, Shape.Channels)));
                break;
            case Dropout: break;
            default: throw Unsupported(layer, "this kind of layer has no int8 operator");
        }
    }

    private void AppendConv(int layer, Conv conv)
    {
        if (conv.Groups < 1 || Shape.Channels % conv.Groups != 0 || conv.Filters % conv.Groups != 0)
            throw Unsupported(layer, $"{conv.Groups} groups do not divide {Shape.Channels} channels into {conv.Filters}");
        if (waiting.Length > 0 && WindowPadding.Pads(conv, Shape)) Settle(layer);
        bool depthwise = conv.Groups > 1 && conv.Groups == Shape.Channels;
        Push(layer, layer, conv, depthwise ? "depthwise" : "conv");
    }

    private void Push(int at, int layer, Conv geometry, string kind)
    {
        if (stages is [.., MeanStage mean]) stages[^1] = mean with { KeepDimensions = true };
        if (stages is [.., LinearStage { FullyConnected: true }]) throw Unsupported(at, "it follows a dense layer, which leaves no map");
        stages.Add(new LinearStage(Name<LinearStage>(kind), stages.Count - 1, Shape, OutputOf(at, geometry))
        {
            Layer = layer, Geometry = geometry, Before = waiting,
        });
        waiting = [];
    }

    private void AppendDense(int layer, Dense dense)
    {
        stages.Add(new LinearStage(Name<LinearStage>("dense"), stages.Count - 1, Shape, OutputOf(layer, dense))
        {
            Layer = layer, Geometry = new Conv(dense.Units, 1, 1), FullyConnected = true, Before = waiting,
        });
        waiting = [];
    }

    private void AppendNormalisation(int layer)
    {
        if (waiting.Length == 0 && stages is [.., LinearStage { Relu: false } linear])
            stages[^1] = linear with { After = linear.After.Add(layer) };
        else waiting = waiting.Add(layer);
    }

    private void AppendRelu(int layer)
    {
        if (waiting.Length > 0) Settle(layer);
        // ReLU commutes with max-pooling, and a mean of what a ReLU gave is not negative.
        int source = Behind(stages.Count - 1, out _, out bool averaged);
        if (source >= 0 && stages[source] is LinearStage linear && (!averaged || linear.Relu)) stages[source] = linear with { Relu = true };
        else
        {
            PushNormalisation(layer);
            stages[^1] = (LinearStage)stages[^1] with { Relu = true };
        }
    }

    private void AppendMaxPool(int layer, MaxPool pool)
    {
        if (pool is { Height: 1, Width: 1 }) return;
        if (!waiting.All(keepsOrder)) Settle(layer);
        stages.Add(new MaxPoolStage(Name<MaxPoolStage>("max_pool"), stages.Count - 1, Shape, OutputOf(layer, pool), pool.Height, pool.Width));
    }

    /// <summary>Gives the waiting normalisations a place in a stage that is already there, or one of their own.</summary>
    private void Settle(int at)
    {
        int source = Behind(stages.Count - 1, out bool pooled, out _);
        if (source >= 0 && stages[source] is LinearStage { Relu: false } linear && (!pooled || waiting.All(keepsOrder)))
        {
            stages[source] = linear with { After = linear.After.AddRange(waiting) };
            waiting = [];
        }
        else PushNormalisation(at);
    }

    private void PushNormalisation(int at)
    {
        ImmutableArray<int> normalisations = waiting;
        waiting = [];
        Push(at, -1, new Conv(Shape.Channels, 1, 1) { Groups = Shape.Channels, Bias = true }, "scale");
        stages[^1] = (LinearStage)stages[^1] with { After = normalisations };
    }

    /// <summary>The stage whose values reach <paramref name="stage"/> through pools and means alone.</summary>
    private int Behind(int stage, out bool pooled, out bool averaged)
    {
        for (pooled = averaged = false; stage >= 0 && stages[stage] is MaxPoolStage or MeanStage; stage--)
        {
            pooled |= stages[stage] is MaxPoolStage;
            averaged |= stages[stage] is MeanStage;
        }
        return stage;
    }

    private Shape OutputOf(int at, Layer layer) => ShapeInference.Output(layer, Shape) is { Height: > 0, Width: > 0, Channels: > 0 } output
        ? output : throw Unsupported(at, $"nothing is left of {Shape}");

    private string Name<T>(string kind) where T : InferenceStage
    {
        int ordinal = stages.OfType<T>().Count(s => s.Name.StartsWith(kind + "_", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{kind}_{ordinal}");
    }

    private TinyNasException Unsupported(int layer, string reason) => new(DiagnosticCatalogue.LayerNotLowered,
        layer, layer < 0 ? "none" : network.Layers[layer].GetType().Name, reason);
}
