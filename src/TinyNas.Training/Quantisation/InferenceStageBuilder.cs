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
        if (network.Layers[layer] is Add or Multiply or Concatenate) AppendJoin(layer, inputs);
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
            case ConvTranspose transposed: AppendTransposed(layer, transposed); break;
            case Dense dense: AppendDense(layer, dense); break;
            case BatchNorm: AppendNormalisation(layer); break;
            case Relu: AppendActivation(layer, FusedActivation.Relu); break;
            case Relu6: AppendActivation(layer, FusedActivation.Relu6); break;
            case MaxPool pool: AppendMaxPool(layer, pool); break;
            case AveragePool pool:
                Push(new AveragePoolStage(Name<AveragePoolStage>("average_pool"), at, Shape, OutputOf(layer, pool), pool.Height, pool.Width));
                break;
            case GlobalAveragePool: Push(new MeanStage(Name<MeanStage>("mean"), at, Shape, new Shape(1, 1, Shape.Channels))); break;
            case LeakyRelu leaky: AppendFunction(layer, leaky, "leaky_relu"); break;
            case HardSwish function: AppendFunction(layer, function, "hard_swish"); break;
            case Sigmoid function: AppendFunction(layer, function, "sigmoid"); break;
            case Tanh function: AppendFunction(layer, function, "tanh"); break;
            case Pad pad: AppendPad(layer, pad); break;
            case Upsample scale: AppendUpsample(layer, scale); break;
            case Softmax: AppendSoftmax(layer); break;
            case Recurrent: throw Unsupported(layer, "recurrent layers are trained, but not lowered in this version");
            case Selu: throw Unsupported(layer, "TensorFlow Lite has no operator for it");
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
        if (conv.Causal)
        {
            Halo halo = new ConvGeometry(conv, Shape).InputHalo;
            conv = conv with { Causal = false, Padding = Padding.Valid };
            if (!halo.IsEmpty) AppendPad(layer, new Pad(halo.Top, halo.Left, halo.Bottom, halo.Right));
        }
        bool depthwise = conv.Groups > 1 && conv.Groups == Shape.Channels;
        PushLinear(layer, layer, conv, depthwise ? "depthwise" : "conv");
    }

    private void PushLinear(int cause, int layer, Conv geometry, string kind)
    {
        RequireMap(cause);
        Push(new LinearStage(Name<LinearStage>(kind), at, Shape, OutputOf(cause, geometry))
        {
            Layer = layer, Geometry = geometry, Before = waiting,
        });
        waiting = [];
    }

    /// <summary>Whether a stage gives a tensor of two dimensions, not to be changed by a flag.</summary>
    private bool IsVector(int stage) => stage >= 0 && stages[stage] switch
    {
        LinearStage linear => linear.FullyConnected,
        AddStage or MultiplyStage => stages[stage].Inputs.All(IsVector),
        ConcatenateStage or FunctionStage or SoftmaxStage or RequantiseStage => stages[stage].Inputs.Any(IsVector),
        _ => false,
    };

    private void RequireMap(int layer)
    {
        KeepDimensions(at);
        if (IsVector(at)) throw Unsupported(layer, "it follows a dense layer, which leaves no map");
    }

    /// <summary>Means that a stage gives, or is a function of, become maps of 1 × 1.</summary>
    private void KeepDimensions(int stage)
    {
        if (stage < 0) return;
        if (stages[stage] is MeanStage mean) stages[stage] = mean with { KeepDimensions = true };
        else if (stages[stage] is FunctionStage or SoftmaxStage or RequantiseStage or AddStage or MultiplyStage or ConcatenateStage)
            foreach (int input in stages[stage].Inputs) KeepDimensions(input);
    }

    private void AppendTransposed(int layer, ConvTranspose transposed)
    {
        // How many taps meet in an output depends on where it is, so nothing before can be folded in.
        if (waiting.Length > 0) Settle(layer);
        RequireMap(layer);
        Push(new LinearStage(Name<LinearStage>("transposed"), at, Shape, OutputOf(layer, transposed))
        {
            Layer = layer, Transposed = true,
            Geometry = transposed.Back(transposed.Filters),
        });
    }

    private void AppendDense(int layer, Dense dense)
    {
        Push(new LinearStage(Name<LinearStage>("dense"), at, Shape, OutputOf(layer, dense))
        {
            Layer = layer, Geometry = new Conv(dense.Units, 1, 1), FullyConnected = true, Before = waiting,
        });
        waiting = [];
    }

    private void AppendJoin(int layer, ImmutableArray<int> inputs)
    {
        int[] terms = [.. inputs.Select(input => Settled(layer, input))];
        Shape output = ShapeInference.Output(network.Layers[layer], [.. terms.Select(ShapeOf)]);
        if (output.Count == 0) throw Unsupported(layer, "its inputs are not maps of one shape");
        if (network.Layers[layer] is Concatenate)
        {
            AppendConcatenation(layer, terms, output);
            return;
        }
        at = terms[0];
        // Inputs are joined from the first on, two at a time.
        foreach (int term in terms.Skip(1))
        {
            // Tensors of two dimensions and of four would not be of one shape.
            if (!(IsVectorOrInput(at) && IsVectorOrInput(term)))
            {
                KeepDimensions(at);
                KeepDimensions(term);
            }
            Push(network.Layers[layer] is Add ? new AddStage(Name<AddStage>("add"), at, term, Shape) : new MultiplyStage(Name<MultiplyStage>("multiply"), at, term, Shape));
        }
    }

    private Shape ShapeOf(int stage) => stage < 0 ? network.Input : stages[stage].Out;

    private bool IsVectorOrInput(int stage) => stage < 0 || IsVector(stage);

    private void AppendConcatenation(int layer, int[] terms, Shape output)
    {
        if (terms.Any(IsVector))
        {
            if (!terms.All(term => IsVector(term) || IsOwnMean(term))) throw Unsupported(layer, "it joins a dense layer's vector with a map");
        }
        else
            foreach (int term in terms) KeepDimensions(term);
        ImmutableArray<int> parts = [.. terms.Select(Shareable)];
        Push(new ConcatenateStage(Name<ConcatenateStage>("concatenate"), parts, ShapeOf(parts[0]), output));
    }

    /// <summary>A mean that nobody else reads: nobody can ask it for a map.</summary>
    private bool IsOwnMean(int stage) => stage >= 0 && stages[stage] is MeanStage { KeepDimensions: false } && !shared.Contains(stage);

    /// <summary>The part itself where the concatenation can choose its scale; else a copy of it at another.</summary>
    private int Shareable(int part)
    {
        int source = part;
        while (source >= 0 && !shared.Contains(source) && stages[source].KeepsScale) source = stages[source].Input;
        if (source >= 0 && !shared.Contains(source) && ScaleOwners.ChoosesScale(stages[source])) return part;
        at = part;
        Push(new RequantiseStage(Name<RequantiseStage>("requantise"), part, Shape));
        return at;
    }

    private void AppendFunction(int layer, Activation function, string kind)
    {
        if (waiting.Length > 0) Settle(layer);
        Push(new FunctionStage(Name<FunctionStage>(kind), at, Shape, function));
    }

    private void AppendUpsample(int layer, Upsample scale)
    {
        if (scale is { Height: 1, Width: 1 }) return;
        // What waits has fewer pixels to act on before it.
        if (waiting.Length > 0) Settle(layer);
        RequireMap(layer);
        Push(new UpsampleStage(Name<UpsampleStage>("upsample"), at, Shape, OutputOf(layer, scale), scale));
    }

    private void AppendSoftmax(int layer)
    {
        if (layer == network.Layers.Length - 1) throw Unsupported(layer, "a softmax stands behind the scores anyway");
        if (waiting.Length > 0) Settle(layer);
        Push(new SoftmaxStage(Name<SoftmaxStage>("inner_softmax"), at, Shape));
    }

    private void AppendPad(int layer, Pad pad)
    {
        // The zeros around stand for numbers behind a normalisation.
        if (waiting.Length > 0) Settle(layer);
        RequireMap(layer);
        Push(new PadStage(Name<PadStage>("pad"), at, Shape, OutputOf(layer, pad), pad));
    }

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
        // Both commute with max-pooling, zeros and repetition, and a mean of what an activation gave needs no second, looser one.
        int source = Behind(at, throughZeros: true, out _, out bool averaged);
        FusedActivation before = source >= 0 ? stages[source].Activation : FusedActivation.None, both = Tighter(before, activation);
        if (source >= 0 && stages[source].Fuses && (!averaged || before == both)) stages[source] = stages[source] with { Activation = both };
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
        int source = Behind(at, throughZeros: false, out bool pooled, out _);
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

    /// <summary>The stage whose values reach <paramref name="stage"/> through pools, means and perhaps zeros and repetitions alone, unless somebody else reads one of them: then -1.</summary>
    private int Behind(int stage, bool throughZeros, out bool pooled, out bool averaged)
    {
        pooled = averaged = false;
        for (; stage >= 0 && !shared.Contains(stage) && (stages[stage] is MaxPoolStage or AveragePoolStage or MeanStage || (throughZeros && stages[stage] is PadStage or UpsampleStage)); stage = stages[stage].Input)
        {
            pooled |= stages[stage] is MaxPoolStage;
            averaged |= stages[stage] is AveragePoolStage or MeanStage;
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
