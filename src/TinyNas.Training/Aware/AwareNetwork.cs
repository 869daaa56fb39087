using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// The deployed graph as a network to train: every stage of the folded float network computes with the integers that the graph will
/// hold, on learned scales that begin where calibration puts them. One object serves one run: the layers leave in it the numbers of
/// their last forward pass.
/// </summary>
internal sealed class AwareNetwork : IStageQuantisation
{
    private readonly ImmutableArray<InferenceStage> stages;
    private readonly List<Layer> layers = [];
    private readonly List<ImmutableDictionary<string, float[]>> parameters = [];
    private readonly Grid inputGrid;
    private readonly Grid[] grids;
    private readonly int[] outputs;
    private readonly Requantise?[] requantisers;
    private readonly QuantisationOptions options;

    /// <exception cref="TinyNasException">TNAS0303: an operator that is not trained on integers in this version.</exception>
    public AwareNetwork(FloatNetwork network, InputEncoding encoding, Calibration seen, QuantisationOptions options)
    {
        (stages, this.options, Shape) = (network.Stages, options, network.Input);
        inputGrid = new Grid(encoding.Scale, encoding.ZeroPoint);
        grids = new Grid[stages.Length];
        requantisers = new Requantise?[stages.Length];
        Add(new QuantiseInput(inputGrid) { Inputs = [-1] });
        outputs = new int[stages.Length];
        for (int i = 0; i < stages.Length; i++)
        {
            ImmutableArray<int> inputs = [.. stages[i].Inputs.Select(from => from < 0 ? 0 : outputs[from])];
            outputs[i] = stages[i] switch
            {
                LinearStage { Transposed: false } linear => AddLinear(i, linear, network.Folded[i]!, seen.Histograms[i].Range(options), inputs),
                AddStage add => Add(new IntegerAdd(Of(add.Input), Of(add.Second), Output(i, add, seen)) { Inputs = inputs }),
                MeanStage mean => Add(new IntegerMean(Of(mean.Input), Output(i, mean, seen)) { Inputs = inputs }),
                MaxPoolStage pool => AddKept(i, new MaxPool(pool.Height, pool.Width) { Inputs = inputs }),
                AveragePoolStage pool => AddKept(i, new IntegerAveragePool(new AveragePool(pool.Height, pool.Width), Of(pool.Input)) { Inputs = inputs }),
                PadStage pad => AddKept(i, pad.Border with { Inputs = inputs }),
                _ => throw new TinyNasException(DiagnosticCatalogue.LayerNotLowered, i, stages[i].Name, "Quantisation=Aware does not train this operator in this version; use Calibrated")
                    { Setting = "Quantisation" },
            };
        }
        Add(new RealOutput(grids[^1]) { Inputs = [outputs[^1]] });
        Start = new TrainedNetwork(new Network(network.Input, [.. layers]), [.. parameters]);
    }

    /// <summary>The network with the folded weights.</summary>
    public TrainedNetwork Start { get; }

    public Quantization Input => Quantization.PerTensor(inputGrid.Scale, inputGrid.ZeroPoint);

    private Shape Shape { get; }

    public Quantization Output(int stage) => Quantization.PerTensor(grids[stage].Scale, grids[stage].ZeroPoint);

    /// <summary>Per stage: the layer that gives its integers, n = q − zero point.</summary>
    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>The graph with the integers of the last forward pass.</summary>
    public Graph Lower() => Lowering.Lower(Shape, stages, this);

    public StageIntegers Integers(int stage)
    {
        var linear = (LinearStage)stages[stage];
        Requantise requantise = requantisers[stage]!;
        KernelGrid kernel = requantise.Kernel;
        int filters = linear.Out.Channels, taps = linear.Taps;
        var weights = new sbyte[filters * taps];
        for (int f = 0; f < filters; f++)
            for (int t = 0; t < taps; t++) weights[linear.Depthwise ? t * filters + f : f * taps + t] = kernel.Integers[f * taps + t];
        float[] scales = [.. Enumerable.Range(0, filters).Select(kernel.ScaleOf)], biasScales = [.. scales.Select(s => (float)((double)Of(linear.Input).Scale * s))];
        int[] bias = [.. requantise.Bias];
        return linear.FullyConnected
            ? new StageIntegers(weights, Quantization.PerTensor(scales[0], 0), bias, Quantization.PerTensor(biasScales[0], 0))
            : new StageIntegers(weights, Quantization.PerChannel([.. scales], linear.Depthwise ? 3 : 0), bias, Quantization.PerChannel([.. biasScales], 0));
    }

    private Grid Of(int stage) => stage < 0 ? inputGrid : grids[stage];

    private int Add(Layer layer, params (string Name, float[] Values)[] values)
    {
        layers.Add(layer);
        parameters.Add(values.ToImmutableDictionary(v => v.Name, v => v.Values));
        return layers.Count - 1;
    }

    private int AddKept(int stage, Layer layer)
    {
        grids[stage] = Of(stages[stage].Input);
        return Add(layer);
    }

    private int AddLinear(int index, LinearStage stage, FoldedLinear folded, ActivationRange range, ImmutableArray<int> inputs)
    {
        var grid = new KernelGrid(options.Threshold, options.WeightLevels, Starts(stage, folded), Of(stage.Input));
        (string, float[]) kernel = ("kernel", [.. folded.Kernel.Select(w => (float)w)]);
        Layer layer = stage.FullyConnected
            ? new Dense(stage.Out.Channels) { Bias = false, Grid = grid, Inputs = inputs }
            : stage.Geometry with { Bias = false, Grid = grid, Inputs = inputs };
        int sums = Add(layer, kernel);
        requantisers[index] = new Requantise(grid, Output(index, stage, range), stage.Out.Channels, stage.FullyConnected) { Inputs = [sums] };
        return Add(requantisers[index]!, ("bias", [.. folded.Bias.Select(b => (float)b)]));
    }

    private OutputGrid Output(int index, InferenceStage stage, Calibration seen) => Output(index, stage, seen.Histograms[index].Range(options));

    /// <summary>Powers of two have a zero point of 0, or −128 where no value is negative; other scales keep the calibrated one.</summary>
    private OutputGrid Output(int index, InferenceStage stage, ActivationRange range)
    {
        bool positive = range.Minimum >= 0, powers = options.Threshold == ThresholdMethod.PowerOfTwo;
        double scale = !powers ? range.Scale
            : positive ? Math.Max(range.Maximum, 1e-9) / 255
            : Math.Max(-range.Minimum, range.Maximum) / 127;
        grids[index] = new Grid((float)scale, powers ? (positive ? sbyte.MinValue : 0) : range.ZeroPoint);
        return new OutputGrid(options.Threshold, LearnedScale.Start(options.Threshold, scale), grids[index], stage.Activation);
    }

    private double[] Starts(LinearStage stage, FoldedLinear folded)
    {
        int filters = stage.Out.Channels, taps = stage.Taps;
        double largest = folded.Kernel.Max(Math.Abs), floor = (largest > 0 ? largest : 1) / (options.WeightLevels * (double)(1 << 12));
        double Start(ReadOnlySpan<double> weights)
        {
            double scale = options.Threshold == ThresholdMethod.PowerOfTwo
                ? WeightScales.LeastErrorPower(weights, options.WeightLevels) : WeightScales.LeastError(weights, options.WeightLevels);
            return LearnedScale.Start(options.Threshold, Math.Max(scale, floor));
        }
        return stage.FullyConnected ? [Start(folded.Kernel)]
            : [.. Enumerable.Range(0, filters).Select(f => Start(folded.Kernel.AsSpan(f * taps, taps)))];
    }
}
