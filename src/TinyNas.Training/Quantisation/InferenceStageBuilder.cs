using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Turns a network's layers into as few stages as stay exact. A batch normalisation goes into the linear stage before it,
/// or waits until a later linear stage can take it in; it passes means always and max-pools where its scales are not
/// negative (max commutes with those only). Zero padding stands for a normalised zero, so a padded convolution
/// cannot take in what waits; where no stage can, a normalisation becomes a depthwise 1 × 1 stage of its own. What several
/// layers read is settled and changed no more.
/// </summary>
internal sealed class InferenceStageBuilder
{
    private readonly Network network;
    private readonly Func<int, bool> keepsOrder;
    private readonly List<InferenceStage> stages = [];

    /// <summary>What each layer gives: the stage it is read from, and the normalisations that are still to be applied.</summary>
    private readonly Dictionary<int, (int Stage, ImmutableArray<int> Waiting)> results = new() { [-1] = (-1, []) };

    /// <summary>Stages that several layers read.</summary>
    private readonly HashSet<int> shared = [];

    // Where the layer that is being appended stands.
    private int at;
    private ImmutableArray<int> waiting = [];

    private InferenceStageBuilder(Network network, Func<int, bool> keepsOrder) => (this.network, this.keepsOrder) = (network, keepsOrder);

    /// <param name="keepsOrder">Whether no scale of the batch normalisation at this layer index is negative.</param>
    /// <exception cref="TinyNasException">A layer has no int8 operator.</exception>
    public static ImmutableArray<InferenceStage> Build(Network network, Func<int, bool> keepsOrder)
    {
        var builder = new InferenceStageBuilder(network, keepsOrder);
        int last = network.Layers.Length - 1;
        int[] readers = builder.Readers();
        (builder.at, builder.waiting) = builder.results[-1];
        for (int layer = 0; layer <= last; layer++)
            if (readers[layer] > 0) builder.Append(layer, readers[layer]);
        if (builder.waiting.Length > 0) builder.Settle(last);
        if (builder.stages.Count == 0 || builder.Shape is not { Height: 1, Width: 1 })
            throw builder.Unsupported(last, $"the network must end in a vector of scores, not in {builder.Shape}");
        return [.. builder.stages];
    }

    private Shape Shape => at < 0 ? network.Input : stages[at].Out;

    /// <summary>How many of the layers that the output depends on read each layer; 1 for the output itself.</summary>
    private int[] Readers()
    {
        var readers = new int[network.Layers.Length];
        if (readers.Length > 0) readers[^1] = 1;
        for (int layer = readers.Length - 1; layer >= 0; layer--)
            foreach (int from in network.InputsOf(layer))
                if (from < -1 || from >= layer) throw Unsupported(layer, "it reads a layer that does not come before it");
                else if (from >= 0 && readers[layer] > 0) readers[from]++;
        return readers;
    }

    private void Append(int layer, int readers)
    {
        ImmutableArray<int> inputs = network.InputsOf(layer);
        if (network.Layers[layer] is Add) AppendAdd(layer, inputs);
        else if (inputs.Length > 1) throw Unsupported(layer, "this way of joining layers has no int8 operator");
        else
        {
            (at, waiting) = results[inputs[0]];
            Append(layer);
        }
        if (readers > 1)
        {
            if (waiting.Length > 0) Settle(layer);
            shared.Add(at);
        }
        results[layer] = (at, waiting);
    }

    private void Append(int layer)
    {
        switch (network.Layers[layer])
        {
            case Conv conv: AppendConv(layer, conv); break;
            case Dense dense: AppendDense(layer, dense); break;
            case BatchNorm: AppendNormalisation(layer); break;
            case Relu: AppendActivation(layer, FusedActivation.Relu); break;
            case Relu6: AppendActivation(layer, FusedActivation.Relu6); break;
            case MaxPool pool: AppendMaxPool(layer, pool); break;
            case AveragePool pool:
                Push(new AveragePoolStage(Name<AveragePoolStage>("average_pool"), at, Shape, OutputOf(layer, pool), pool.Height, pool.Width));
                break;
            case GlobalAveragePool: Push(new MeanStage(Name<MeanStage>("mean"), at, Shape, new Shape(1, 1, Shape.Channels))); break;
            case Dropout: break;
            default: throw Unsupported(layer, "this kind of layer has no int8 operator");
        }
    }

    private void Push(InferenceStage stage)
    {
        stages.Add(stage);
        at = stages.Count - 1;
    }

    private void AppendConv(int layer, Conv conv)
    {
        if (conv.Groups < 1 || Shape.Channels % conv.Groups != 0 || conv.Filters % conv.Groups != 0)
            throw Unsupported(layer, $"{conv.Groups} groups do not divide {Shape.Channels} channels into {conv.Filters}");
        if (waiting.Length > 0 && WindowPadding.Pads(conv, Shape)) Settle(layer);
        bool depthwise = conv.Groups > 1 && conv.Groups == Shape.Channels;
        PushLinear(layer, layer, conv, depthwise ? "depthwise" : "conv");
    }

    private void PushLinear(int cause, int layer, Conv geometry, string kind)
    {
        if (at >= 0 && stages[at] is MeanStage mean) stages[at] = mean with { KeepDimensions = true };
        if (at >= 0 && IsVector(at)) throw Unsupported(cause, "it follows a dense layer, which leaves no map");
        Push(new LinearStage(Name<LinearStage>(kind), at, Shape, OutputOf(cause, geometry))
        {
            Layer = layer, Geometry = geometry, Before = waiting,
        });
        waiting = [];
    }

    /// <summary>Whether a stage gives a tensor of two dimensions, not to be changed by a flag.</summary>
    private bool IsVector(int stage) => stages[stage] switch
    {
        LinearStage linear => linear.FullyConnected,
        AddStage => stages[stage].Inputs.Any(i => i >= 0 && IsVector(i)),
        _ => false,
    };

    private void AppendDense(int layer, Dense dense)
    {
        Push(new LinearStage(Name<LinearStage>("dense"), at, Shape, OutputOf(layer, dense))
        {
            Layer = layer, Geometry = new Conv(dense.Units, 1, 1), FullyConnected = true, Before = waiting,
        });
        waiting = [];
    }

    /// <summary>Inputs are added from the first on, two at a time.</summary>
    private void AppendAdd(int layer, ImmutableArray<int> inputs)
    {
        int[] terms = [.. inputs.Select(input => Settled(layer, input))];
        if (ShapeInference.Output(network.Layers[layer], [.. terms.Select(term => term < 0 ? network.Input : stages[term].Out)]).Count == 0)
            throw Unsupported(layer, "its inputs are not maps of one shape");
        at = terms[0];
        foreach (int term in terms.Skip(1))
        {
            // Tensors of two dimensions and of four would not be of one shape.
            if (!(IsVectorOrInput(at) && IsVectorOrInput(term)))
                foreach (int mean in new[] { at, term })
                    if (mean >= 0 && stages[mean] is MeanStage flat) stages[mean] = flat with { KeepDimensions = true };
            Push(new AddStage(Name<AddStage>("add"), at, term, Shape));
        }
    }

    private bool IsVectorOrInput(int stage) => stage < 0 || IsVector(stage);

    /// <summary>The stage that holds what <paramref name="input"/> gives.</summary>
    private int Settled(int layer, int input)
    {
        (at, waiting) = results[input];
        if (waiting.Length > 0) Settle(layer);
        return at;
    }

    private void AppendNormalisation(int layer)
    {
        if (waiting.Length == 0 && at >= 0 && stages[at] is LinearStage { Activation: FusedActivation.None } linear && !shared.Contains(at))
            stages[at] = linear with { After = linear.After.Add(layer) };
        else waiting = waiting.Add(layer);
    }

    private void AppendActivation(int layer, FusedActivation activation)
    {
        if (waiting.Length > 0) Settle(layer);
        // Both commute with max-pooling, and a mean of what an activation gave needs no second, looser one.
        int source = Behind(at, out _, out bool averaged);
        FusedActivation before = source >= 0 ? stages[source].Activation : FusedActivation.None, both = Tighter(before, activation);
        if (source >= 0 && stages[source] is LinearStage or AddStage && (!averaged || before == both)) stages[source] = stages[source] with { Activation = both };
        else
        {
            PushNormalisation(layer);
            stages[at] = stages[at] with { Activation = activation };
        }
    }

    private static FusedActivation Tighter(FusedActivation a, FusedActivation b) =>
        a == FusedActivation.Relu6 || b == FusedActivation.Relu6 ? FusedActivation.Relu6 : FusedActivation.Relu;

    private void AppendMaxPool(int layer, MaxPool pool)
    {
        if (pool is { Height: 1, Width: 1 }) return;
        if (!waiting.All(keepsOrder)) Settle(layer);
        Push(new MaxPoolStage(Name<MaxPoolStage>("max_pool"), at, Shape, OutputOf(layer, pool), pool.Height, pool.Width));
    }

    /// <summary>Gives the waiting normalisations a place in a stage that is already there, or one of their own.</summary>
    private void Settle(int layer)
    {
        int source = Behind(at, out bool pooled, out _);
        if (source >= 0 && stages[source] is LinearStage { Activation: FusedActivation.None } linear && (!pooled || waiting.All(keepsOrder)))
        {
            stages[source] = linear with { After = linear.After.AddRange(waiting) };
            waiting = [];
        }
        else PushNormalisation(layer);
    }

    private void PushNormalisation(int layer)
    {
        ImmutableArray<int> normalisations = waiting;
        waiting = [];
        PushLinear(layer, -1, new Conv(Shape.Channels, 1, 1) { Groups = Shape.Channels, Bias = true }, "scale");
        stages[at] = (LinearStage)stages[at] with { After = normalisations };
    }

    /// <summary>The stage whose values reach <paramref name="stage"/> through pools and means alone, unless somebody else reads one of them: then -1.</summary>
    private int Behind(int stage, out bool pooled, out bool averaged)
    {
        pooled = averaged = false;
        for (; stage >= 0 && !shared.Contains(stage) && stages[stage] is MaxPoolStage or AveragePoolStage or MeanStage; stage = stages[stage].Input)
        {
            pooled |= stages[stage] is MaxPoolStage;
            averaged |= stages[stage] is not MaxPoolStage;
        }
        return shared.Contains(stage) ? -1 : stage;
    }

    private Shape OutputOf(int layer, Layer kind) => ShapeInference.Output(kind, Shape) is { Height: > 0, Width: > 0, Channels: > 0 } output
        ? output : throw Unsupported(layer, $"nothing is left of {Shape}");

    private string Name<T>(string kind) where T : InferenceStage
    {
        int ordinal = stages.OfType<T>().Count(s => s.Name.StartsWith(kind + "_", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{kind}_{ordinal}");
    }

    private TinyNasException Unsupported(int layer, string reason) => new(DiagnosticCatalogue.LayerNotLowered,
        layer, layer < 0 ? "none" : network.Layers[layer].GetType().Name, reason);
}
