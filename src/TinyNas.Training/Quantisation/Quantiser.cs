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
        var floats = new FloatNetwork(network);
        Calibration seen = Calibration.Run(floats, input, calibration, options);
        var numbers = new CalibratedQuantisation(Quantization.PerTensor(input.Scale, input.ZeroPoint), floats, seen, options);
        return Lowering.Lower(floats.Input, floats.Stages, numbers);
    }

    /// <summary>
    /// A step of the output is a little wider than any of the accumulator: requantisation is then by less than 1, which never
    /// shifts left and keeps the order of accumulators, and nothing is lost, since finer steps could not be told apart.
    /// </summary>
    private const double LeastStep = 1.01;

    /// <summary>ADD computes with 20 bits more than its inputs have; a step this much finer than theirs is still exact to the bit.</summary>
    private const double LeastSumStep = 1.0 / (1 << 12);

    private sealed class CalibratedQuantisation : IStageQuantisation
    {
        private readonly Quantization[] outputs;
        private readonly StageIntegers?[] integers;

        public CalibratedQuantisation(Quantization input, FloatNetwork network, Calibration seen, QuantisationOptions options)
        {
            Input = input;
            ImmutableArray<InferenceStage> stages = network.Stages;
            outputs = new Quantization[stages.Length];
            integers = new StageIntegers?[stages.Length];
            for (int i = 0; i < stages.Length; i++)
            {
                Quantization source = Of(stages[i].Input);
                if (stages[i] is LinearStage linear)
                    integers[i] = LinearQuantiser.Quantise(linear, network.Folded[i]!, source.Scale, options.BiasCorrection ? seen.TapMeans[i] : null);
                outputs[i] = stages[i] switch
                {
                    MaxPoolStage or AveragePoolStage => source,
                    AddStage add => seen.Histograms[i].Range(options).Quantization(Math.Max(source.Scale, Of(add.Second).Scale) * LeastSumStep),
                    MeanStage => seen.Histograms[i].Range(options).Quantization((double)source.Scale / (stages[i].In.Height * stages[i].In.Width)),
                    _ => seen.Histograms[i].Range(options).Quantization(LeastStep * integers[i]!.BiasQuantization.Scales.Max()),
                };
            }
        }

        private Quantization Of(int stage) => stage < 0 ? Input : outputs[stage];

        public Quantization Input { get; }

        public Quantization Output(int stage) => outputs[stage];

        public StageIntegers Integers(int stage) => integers[stage]!;
    }
}
