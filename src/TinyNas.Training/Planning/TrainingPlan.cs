using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// A network laid out for training with one batch size: layers over fixed buffers. Nothing is allocated before
/// <see cref="Commit"/> and nothing after it.
/// </summary>
internal sealed unsafe class TrainingPlan : IDisposable
{
    private readonly PlanContext context;
    private readonly Network network;
    private readonly Shape[] shapes;
    private readonly TrainingStage[] stages;
    private readonly TrainingLayer[] layers;
    private readonly GradientSum[] sums;

    /// <summary>Stages that read each value, in ascending order; one that reads it twice is there twice.</summary>
    private readonly int[][] readers;

    // Value 0 is the network's input, value i + 1 the output of stage i.
    private readonly FeatureMap[] values;
    private readonly FeatureMap?[] gradients;
    private readonly Loss loss;
    private readonly WeightUpdate update;

    public TrainingPlan(Network network, TrainingOptions options, KernelSet kernels)
    {
        this.network = network;
        shapes = network.Shapes();
        stages = TrainingStage.Cut(network);
        readers = [.. Enumerable.Range(0, stages.Length + 1).Select(value =>
            stages.SelectMany((stage, i) => stage.Inputs.Where(input => input == value).Select(_ => i)).ToArray())];
        context = new PlanContext(new Arena(), kernels, new ParameterStore(), new StepClock(stages.Length), options.BatchSize / 16, options.Seed);
        values = new FeatureMap[stages.Length + 1];
        gradients = new FeatureMap?[stages.Length + 1];
        Dictionary<Shape, FeatureMap> onDemand = ReserveOnDemand();
        for (int value = 0; value < values.Length; value++) values[value] = IsOnDemand(value) ? onDemand[ShapeOf(value)] : ReserveValue(value);
        for (int value = 1; value < values.Length; value++) gradients[value] = ReserveGradient(value);
        layers = new TrainingLayer[stages.Length];
        sums = [.. stages.Select((stage, i) => new GradientSum(context, i, stage.Inputs, readers, gradients))];
        // From the end, for a convolution asks the stage behind it for rows.
        for (int stage = stages.Length - 1; stage >= 0; stage--) layers[stage] = CreateLayer(stage);
        if (Loss.ReadsValues(options))
            Wanted = new FeatureMap(context.Arena, Output.Shape, context.Blocks, default, compact: true, int.MinValue, int.MaxValue);
        loss = Loss.Create(context, options, Input, Wanted, Output, gradients[^1]!);
        context.Parameters.Reserve(context.Arena, options.Optimizer);
        update = new WeightUpdate(kernels, context.Parameters, options.Optimizer, context.Arena);
        context.Arena.Place();
    }

    public int BatchSize => context.Blocks * 16;

    /// <summary>Bytes that <see cref="Commit"/> allocates.</summary>
    public long Bytes => context.Arena.Bytes;

    public FeatureMap Input => values[0];

    /// <summary>Logits of the batch.</summary>
    public FeatureMap Output => values[^1];

    /// <summary>What stage <paramref name="stage"/> gave in the last forward pass.</summary>
    public FeatureMap OutputOf(int stage) => values[stage + 1];

    /// <summary>Where the samples' values go, for a loss that reads them.</summary>
    public FeatureMap? Wanted { get; }

    public ParameterStore Parameters => context.Parameters;

    public KernelSet Kernels => context.Kernels;

    /// <summary>What the samples of a batch are mixed with; null: nothing.</summary>
    public TargetMixture? Mixture { set => loss.Mixture = value; }

    /// <summary>What stands between the weights as they are kept and as a step uses them; null: nothing.</summary>
    public IWeightTransform? Transform { get; set; }

    /// <param name="start">Parameters to begin with; null: the layers' own.</param>
    public void Commit(TrainedNetwork? start = null)
    {
        context.Arena.Commit();
        foreach (TrainingLayer layer in layers) layer.Bind();
        foreach (TrainingLayer layer in layers) layer.Initialise();
        if (start is not null) Parameters.Load(start);
        update.Initialise();
    }

    /// <summary>Loss and, in <see cref="Parameters"/>, its gradients for the batch in <see cref="Input"/>.</summary>
    public double ForwardBackward(ReadOnlySpan<int> targets, long step)
    {
        Forward(step);
        double result = loss.Forward(targets);
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            layers[i].Backward();
            sums[i].Add();
        }
        return result;
    }

    public void Forward(long step)
    {
        foreach (TrainingLayer layer in layers) layer.Forward(step);
    }

    /// <summary>The forward pass, shown stage by stage: the layer whose output a value is, and the value.</summary>
    /// <remarks>Values on demand are there when the convolution behind them has run, and whole where the batch is one block.</remarks>
    public void Forward(long step, Action<int, FeatureMap> see)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i].Forward(step);
            if (IsOnDemand(i)) see(stages[i - 1].Last, values[i]);
            if (!IsOnDemand(i + 1)) see(stages[i].Last, values[i + 1]);
        }
    }

    /// <summary>One whole step. Allocates nothing.</summary>
    public double Train(ReadOnlySpan<int> targets, double rate, long step)
    {
        Transform?.Apply(Parameters);
        double result = ForwardBackward(targets, step);
        Transform?.Return(Parameters, rate);
        update.Run(step, rate);
        return result;
    }

    public void Dispose() => context.Arena.Dispose();

    private Shape ShapeOf(int value) => value == 0 ? network.Input : shapes[stages[value - 1].Last];

    private bool NeedsGradient(int value) => value > 0 && (stages[value - 1].HasParameters || stages[value - 1].Inputs.Any(NeedsGradient));

    /// <summary>Whether the gradient of a stage's output is asked for by rows: a convolution right before a normalisation that alone reads it.</summary>
    private bool AsksForRows(int stage) => stages[stage].Head is Conv && readers[stage + 1] is [var reader] && reader == stage + 1 && stages[reader].Head is BatchNorm;

    /// <summary>Whether the convolution behind a normalisation asks for its input by rows, being the only one that reads it.</summary>
    private bool IsOnDemand(int value) =>
        value > 0 && value < stages.Length && stages[value - 1].Head is BatchNorm && readers[value] is [var reader] && reader == value && stages[reader].Head is Conv;

    /// <summary>One map of a single block for all values of a shape that are written on demand: nobody needs two at once.</summary>
    private Dictionary<Shape, FeatureMap> ReserveOnDemand() => Enumerable.Range(0, values.Length).Where(IsOnDemand).GroupBy(ShapeOf).ToDictionary(
        group => group.Key,
        group => new FeatureMap(context.Arena, group.Key, 1, group.Select(WantedHalo).Aggregate((a, b) => a.Union(b)), compact: false, int.MinValue, int.MaxValue));

    /// <summary>The widest halo that the readers of a value want.</summary>
    private Halo WantedHalo(int value) => readers[value].Select(reader => stages[reader].Head switch
    {
        Conv conv => new ConvGeometry(conv, ShapeOf(value)).InputHalo,
        ConvTranspose transposed => Back(transposed, value).GradientHalo,
        _ => default,
    }).Aggregate(default(Halo), (all, halo) => all.Union(halo));

    private ConvGeometry Back(ConvTranspose layer, int input) =>
        new(layer.Back(ShapeOf(input).Channels), ShapeInference.Output(layer, ShapeOf(input)));

    private bool IsConvolved(int value) => readers[value].Any(reader => stages[reader].Head is Conv or ConvTranspose);

    private FeatureMap ReserveValue(int value)
    {
        Halo halo = WantedHalo(value);
        // A halo stays zero only where nobody else uses the memory; the input is written before the step begins.
        bool shared = halo.IsEmpty && value > 0;
        return new FeatureMap(context.Arena, ShapeOf(value), context.Blocks, halo, !IsConvolved(value),
            shared ? context.Clock.Forward(value - 1) : int.MinValue, shared ? context.Clock.Backward(value - 2) : int.MaxValue);
    }

    private FeatureMap? ReserveGradient(int value)
    {
        if (!NeedsGradient(value)) return null;
        int producer = value - 1;
        Shape shape = ShapeOf(value);
        int written = value == stages.Length ? context.Clock.Loss : context.Clock.Backward(readers[value][^1]), read = context.Clock.Backward(producer - 1);
        int input = stages[producer].Inputs[0];
        if (stages[producer].Head is ConvTranspose transposed) return ReserveGradient(shape, Back(transposed, input).InputHalo, written, read);
        if (stages[producer].Head is not Conv conv)
            return new FeatureMap(context.Arena, shape, context.Blocks, default, !IsConvolved(value), written, read);

        Halo halo = NeedsGradient(input) ? new ConvGeometry(conv, ShapeOf(input)).GradientHalo : default;
        if (AsksForRows(producer))
        {
            int now = context.Clock.Backward(producer);
            if (!NeedsGradient(input))
                shape = shape with { Height = ConvLayer.TileRows(shape, stages[value].Pool?.Height ?? 1) };
            return new FeatureMap(context.Arena, shape, 1, halo, compact: false, now, now);
        }
        return ReserveGradient(shape, halo, written, read);
    }

    /// <summary>A halo stays zero only where nobody else uses the memory.</summary>
    private FeatureMap ReserveGradient(Shape shape, Halo halo, int written, int read) => halo.IsEmpty
        ? new FeatureMap(context.Arena, shape, context.Blocks, halo, compact: false, written, read)
        : new FeatureMap(context.Arena, shape, context.Blocks, halo, compact: false, int.MinValue, int.MaxValue);

    private TrainingLayer CreateLayer(int i)
    {
        TrainingStage stage = stages[i];
        FeatureMap[] inputs = [.. stage.Inputs.Select(value => values[value])];
        FeatureMap?[] inputGradients = sums[i].Parts;
        FeatureMap input = inputs[0], output = values[i + 1];
        FeatureMap? inputGradient = inputGradients[0], outputGradient = gradients[i + 1];
        bool afterConvolution = i > 0 && stage.Inputs[0] == i && AsksForRows(i - 1);
        switch (stage.Head)
        {
            case Conv conv:
                var norm = AsksForRows(i) ? (BatchNormLayer)layers[i + 1] : null;
                return new ConvLayer(context, i, stage.First, conv, new ConvGeometry(conv, input.Shape), input, output, inputGradient, outputGradient!, norm)
                {
                    Moments = norm?.Sums,
                };
            case BatchNorm batchNorm:
                var normalised = new BatchNormLayer(context, i, stage.First, batchNorm, stage.WithRelu, stage.Pool,
                    input, output, afterConvolution ? null : inputGradient, outputGradient!, afterConvolution, IsOnDemand(i + 1));
                // A convolution that alone reads this tells when rows of the gradient are in the cache.
                if (readers[i + 1] is [var reader] && layers[reader] is ConvLayer next) (next.Sink, next.Values) = (normalised, IsOnDemand(i + 1) ? normalised : null);
                return normalised;
            case Dense dense:
                return new DenseLayer(context, i, stage.First, dense, input, output, inputGradient, outputGradient!);
            case Activation activation: return new ActivationLayer(context, activation, input, output, inputGradient, outputGradient);
            case Lstm lstm: return new LstmLayer(context, i, stage.First, lstm, input, output, inputGradient, outputGradient!);
            case Gru gru: return new GruLayer(context, i, stage.First, gru, input, output, inputGradient, outputGradient!);
            case FastGrnn grnn: return new FastGrnnLayer(context, i, stage.First, grnn, input, output, inputGradient, outputGradient!);
            case ConvTranspose transposed: return new ConvTransposeLayer(context, i, stage.First, transposed, input, output, inputGradient, outputGradient!);
            case Softmax: return new SoftmaxLayer(context, input, output, inputGradient, outputGradient);
            case MaxPool pool: return new MaxPoolLayer(context, pool, input, output, inputGradient, outputGradient);
            case AveragePool pool: return new AveragePoolLayer(context, pool, input, output, inputGradient, outputGradient);
            case GlobalAveragePool: return new GlobalAveragePoolLayer(context, input, output, inputGradient, outputGradient);
            case Dropout dropout: return new DropoutLayer(context, i, stage.First, dropout, input, output, inputGradient, outputGradient);
            case Add: return new AddLayer(context, inputs, output, inputGradients, outputGradient);
            case Multiply: return new MultiplyLayer(context, input, inputs[1], output, inputGradient, inputGradients[1], outputGradient);
            case Concatenate: return new ConcatenateLayer(context, inputs, output, inputGradients, outputGradient);
            case Pad pad: return new PadLayer(context, pad, input, output, inputGradient, outputGradient);
            case Upsample upsample: return new UpsampleLayer(context, upsample, input, output, inputGradient, outputGradient);
            case IntegerLayer integer: return integer.Create(context, i, stage.First, inputs, output, inputGradients, outputGradient);
            default: throw new InvalidOperationException(stage.Head.GetType().Name);
        }
    }
}
