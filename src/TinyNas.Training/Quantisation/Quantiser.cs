using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Post-training quantisation to the int8 scheme that TFLM, CMSIS-NN and the kernels here execute.</summary>
public static class Quantiser
{
    /// <summary>
    /// Folds, calibrates and rounds a trained network. Input: int8 at the encoding's scale and zero point. Output: int8
    /// probabilities (scale 1/256, zero point −128); the scores before the softmax are the tensor it reads.
    /// </summary>
    /// <param name="calibration">Samples without augmentation, normalised as the network was trained on them.</param>
    /// <exception cref="TinyNasException">TNAS0303: a layer has no int8 operator.</exception>
    /// <exception cref="ArgumentException">No samples, samples of another shape, or activations that are not finite.</exception>
    public static Graph Quantise(TrainedNetwork network, InputEncoding input, ISampleSource calibration, QuantisationOptions options)
    {
        var (floats, divisors) = Prepare(network, options);
        IStageStatistics seen = options.DataFree ? new AnalyticStatistics(network, floats, input, divisors) : Calibration.Run(floats, input, calibration, options);
        var numbers = new CalibratedQuantisation(Quantization.PerTensor(input.Scale, input.ZeroPoint), floats, seen, options);
        return Lowering.Lower(floats.Input, floats.Stages, numbers);
    }

    /// <summary>The folded network, equalised where that is asked for, and what its stages' channels were divided by.</summary>
    internal static (FloatNetwork Network, double[]?[] Divisors) Prepare(TrainedNetwork trained, QuantisationOptions options)
    {
        var floats = new FloatNetwork(trained);
        if (!options.Equalise) return (floats, [.. floats.Stages.Select(s => s is LinearStage linear ? Enumerable.Repeat(1.0, linear.Out.Channels).ToArray() : null)]);
        var (folded, divisors) = Equalisation.Apply(floats.Stages, floats.Folded);
        return (floats.With(folded), divisors);
    }

    /// <summary>
    /// A step of the output is a little wider than any of the accumulator: requantisation is then by less than 1, which never
    /// shifts left and keeps the order of accumulators, and nothing is lost, since finer steps could not be told apart.
    /// </summary>
    private const double LeastStep = 1.01;

    /// <summary>ADD computes with 20 bits more than its inputs have; a step this much finer than theirs is still exact to the bit.</summary>
    private const double LeastSumStep = 1.0 / (1 << 12);

    /// <summary>HARD_SWISH shifts its input left by seven bits and never more.</summary>
    private const double LeastSwishStep = 1.01 / (1 << 7);

    private sealed class CalibratedQuantisation : IStageQuantisation
    {
        private readonly Quantization[] outputs;
        private readonly StageIntegers?[] integers;
        private readonly ImmutableArray<int> owners;

        public CalibratedQuantisation(Quantization input, FloatNetwork network, IStageStatistics seen, QuantisationOptions options)
        {
            Input = input;
            ImmutableArray<InferenceStage> stages = network.Stages;
            owners = ScaleOwners.Of(stages);
            outputs = new Quantization[stages.Length];
            integers = new StageIntegers?[stages.Length];
            var leastSteps = new double[stages.Length];
            for (int i = 0; i < stages.Length; i++)
            {
                if (stages[i] is LinearStage linear)
                    integers[i] = LinearQuantiser.Quantise(
                        linear, network.Folded[i]!, Of(linear.Input).Scale, options.BiasCorrection ? seen.TapMeans(i) : null, options.WeightLevels);
                int owner = owners[i];
                // What shares a scale comes before its owner, which must suit them all.
                if (owner >= 0) leastSteps[owner] = Math.Max(leastSteps[owner], LeastStepOf(i, stages[i]));
                if (owner == i) outputs[i] = stages[i].FixedQuantization ?? seen.Range(i, options).Quantization(leastSteps[i]);
            }
        }

        private double LeastStepOf(int index, InferenceStage stage) => stage switch
        {
            LinearStage => LeastStep * integers[index]!.BiasQuantization.Scales.Max(),
            AddStage add => Math.Max(Of(add.Input).Scale, Of(add.Second).Scale) * LeastSumStep,
            MeanStage mean => (double)Of(mean.Input).Scale / (mean.In.Height * mean.In.Width),
            FunctionStage { Function: HardSwish } function => Of(function.Input).Scale * LeastSwishStep,
            _ => 0,
        };

        private Quantization Of(int stage) => stage < 0 || owners[stage] < 0 ? Input : outputs[owners[stage]];

        public Quantization Input { get; }

        public Quantization Output(int stage) => Of(stage);

        public StageIntegers Integers(int stage) => integers[stage]!;
    }
}
