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
        context = new PlanContext(new Arena(), kernels, new ParameterStore(), new StepClock(stages.Length), options.BatchSize / 16, options.Seed);
        values = new FeatureMap[stages.Length + 1];
        gradients = new FeatureMap?[stages.Length + 1];
        for (int value = 0; value < values.Length; value++) values[value] = ReserveValue(value);
        for (int value = 1; value < values.Length; value++) gradients[value] = ReserveGradient(value);
        layers = new TrainingLayer[stages.Length];
        // From the end, for a convolution asks the stage behind it for rows.
        for (int stage = stages.Length - 1; stage >= 0; stage--) layers[stage] = CreateLayer(stage);
        for (int stage = 1; stage < stages.Length; stage++)
            if (layers[stage] is ConvLayer conv && gradients[stage] is not null) conv.Sink = layers[stage - 1] as IGradientRowsSink;
        loss = options.Loss == LossKind.Reconstruction
            ? new ReconstructionLoss(context, Input, Output, gradients[^1]!)
            : new SoftmaxCrossEntropy(context, Output, gradients[^1]!, options);
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

    public ParameterStore Parameters => context.Parameters;

    public KernelSet Kernels => context.Kernels;

    public void Commit()
    {
        context.Arena.Commit();
        foreach (TrainingLayer layer in layers) layer.Bind();
        foreach (TrainingLayer layer in layers) layer.Initialise();
        update.Initialise();
    }

    /// <summary>Loss and, in <see cref="Parameters"/>, its gradients for the batch in <see cref="Input"/>.</summary>
    public double ForwardBackward(ReadOnlySpan<int> targets, long step)
    {
        for (int i = 0; i < layers.Length; i++) layers[i].Forward(step);
        double result = loss.Forward(targets);
        for (int i = layers.Length - 1; i >= 0; i--) layers[i].Backward();
        return result;
    }

    /// <summary>One whole step. Allocates nothing.</summary>
    public double Train(ReadOnlySpan<int> targets, double rate, long step)
    {
        double result = ForwardBackward(targets, step);
        update.Run(step, rate);
        return result;
    }

    public void Dispose() => context.Arena.Dispose();

    private Shape ShapeOf(int value) => value == 0 ? network.Input : shapes[stages[value - 1].Last];

    private Layer? ReaderOf(int value) => value < stages.Length ? stages[value].Head : null;

    private bool NeedsGradient(int value) => stages.Take(value).Any(stage => stage.HasParameters);

    /// <summary>Whether the gradient of a stage's output is asked for by rows: a convolution before a normalisation.</summary>
    private bool AsksForRows(int stage) => stages[stage].Head is Conv && ReaderOf(stage + 1) is BatchNorm;

    /// <summary>A value has the halo that its reader wants.</summary>
    private FeatureMap ReserveValue(int value)
    {
        Layer? reader = ReaderOf(value);
        Halo halo = reader is Conv conv ? new ConvGeometry(conv, ShapeOf(value)).InputHalo : default;
        // A halo stays zero only where nobody else uses the memory; the input is written before the step begins.
        bool shared = halo.IsEmpty && value > 0;
        return new FeatureMap(context.Arena, ShapeOf(value), context.Blocks, halo, reader is not Conv,
            shared ? context.Clock.Forward(value - 1) : int.MinValue, shared ? context.Clock.Backward(value - 2) : int.MaxValue);
    }

    private FeatureMap? ReserveGradient(int value)
    {
        if (!NeedsGradient(value)) return null;
        int producer = value - 1;
        Shape shape = ShapeOf(value);
        int written = value == stages.Length ? context.Clock.Loss : context.Clock.Backward(value), read = context.Clock.Backward(producer - 1);
        if (stages[producer].Head is not Conv conv)
            return new FeatureMap(context.Arena, shape, context.Blocks, default, ReaderOf(value) is not Conv, written, read);

        Halo halo = NeedsGradient(producer) ? new ConvGeometry(conv, ShapeOf(producer)).GradientHalo : default;
        if (AsksForRows(producer))
        {
            int now = context.Clock.Backward(producer);
            if (!NeedsGradient(producer))
                shape = shape with { Height = ConvLayer.TileRows(shape, stages[value].Pool?.Height ?? 1) };
            return new FeatureMap(context.Arena, shape, 1, halo, compact: false, now, now);
        }
        return halo.IsEmpty
            ? new FeatureMap(context.Arena, shape, context.Blocks, halo, compact: false, written, read)
            : new FeatureMap(context.Arena, shape, context.Blocks, halo, compact: false, int.MinValue, int.MaxValue);
    }

    private TrainingLayer CreateLayer(int i)
    {
        TrainingStage stage = stages[i];
        FeatureMap input = values[i], output = values[i + 1];
        FeatureMap? inputGradient = gradients[i], outputGradient = gradients[i + 1];
        bool afterConvolution = i > 0 && AsksForRows(i - 1);
        switch (stage.Head)
        {
            case Conv conv:
                var norm = AsksForRows(i) ? (BatchNormLayer)layers[i + 1] : null;
                return new ConvLayer(context, i, stage.First, conv, new ConvGeometry(conv, input.Shape), input, output, inputGradient, outputGradient!, norm)
                {
                    Moments = norm?.Sums,
                };
            case BatchNorm batchNorm:
                return new BatchNormLayer(context, i, stage.First, batchNorm, stage.WithRelu, stage.Pool,
                    input, output, afterConvolution ? null : inputGradient, outputGradient!, afterConvolution);
            case Dense dense:
                return new DenseLayer(context, i, stage.First, dense, input, output, inputGradient, outputGradient!);
            case Relu: return new ReluLayer(context, input, output, inputGradient, outputGradient);
            case MaxPool pool: return new MaxPoolLayer(context, pool, input, output, inputGradient, outputGradient);
            case GlobalAveragePool: return new GlobalAveragePoolLayer(context, input, output, inputGradient, outputGradient);
            case Dropout dropout: return new DropoutLayer(context, i, stage.First, dropout, input, output, inputGradient, outputGradient);
            default: throw new InvalidOperationException(stage.Head.GetType().Name);
        }
    }
}
