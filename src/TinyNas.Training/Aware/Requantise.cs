using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Training;

/// <summary>From the integer sums of a convolution or dense layer to its int8 output: bias, fixed-point multiplier, activation.</summary>
/// <param name="FullyConnected">The reference multiplies the scales of a dense layer in single precision.</param>
internal sealed record Requantise(KernelGrid Kernel, OutputGrid Output, int Filters, bool FullyConnected) : IntegerLayer
{
    /// <summary>As of the last forward pass.</summary>
    public int[] Bias { get; } = new int[Filters];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new RequantiseLayer(plan, stage, index, this, inputs[0], output, inputGradients[0]!, outputGradient!);
}

internal sealed unsafe class RequantiseLayer : TrainingLayer
{
    /// <summary>As <see cref="Quantiser"/> has it: requantisation is by less than 1.</summary>
    private const double LeastStep = 1.01;

    /// <summary>Half of what an int32 accumulator holds is left to the sum of products.</summary>
    private const double LargestBias = 1 << 30;

    private readonly PlanContext plan;
    private readonly Requantise layer;
    private readonly FeatureMap sums, output, sumGradient, outputGradient;
    private readonly Parameter bias, threshold;
    private readonly Region coefficients, gradientSums;
    private readonly int[] multipliers, shifts;

    public RequantiseLayer(
        PlanContext plan, int stage, int index, Requantise layer, FeatureMap sums, FeatureMap output, FeatureMap sumGradient, FeatureMap outputGradient)
    {
        (this.plan, this.layer, this.sums, this.output, this.sumGradient, this.outputGradient) = (plan, layer, sums, output, sumGradient, outputGradient);
        bias = plan.Parameters.Add(index, "bias", layer.Filters);
        threshold = plan.Parameters.Add(index, "scale", 1);
        // [offset or factor][channel]
        coefficients = plan.Arena.Reserve(2 * layer.Filters);
        int then = plan.Clock.Backward(stage);
        gradientSums = plan.Arena.Reserve(layer.Filters * 32, then, then);
        multipliers = new int[layer.Filters];
        shifts = new int[layer.Filters];
    }

    public override void Forward(long step)
    {
        Prepare();
        Grid grid = layer.Output.Grid;
        var (least, most) = layer.Output.Range();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                {
                    float* x = sums.At(block, row, column), n = output.At(block, row, column);
                    for (int c = 0; c < layer.Filters; c++, x += 16, n += 16)
                    {
                        int add = layer.Bias[c], multiplier = multipliers[c], shift = shifts[c];
                        for (int lane = 0; lane < 16; lane++)
                        {
                            int value = FixedPoint.MultiplyByQuantizedMultiplier((int)x[lane] + add, multiplier, shift);
                            n[lane] = value < least ? least : value > most ? most : value;
                        }
                    }
                }
    }

    public override void Backward()
    {
        gradientSums.Clear();
        ClipRange range = layer.Output.Clip();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                plan.Kernels.RequantiseGradient(
                    sums.Line(block, row), output.Line(block, row), outputGradient.Line(block, row), sumGradient.Line(block, row),
                    output.Shape.Width, layer.Filters, coefficients.Pointer, coefficients.Pointer + layer.Filters, range, gradientSums.Pointer);
        double byScale = 0;
        for (int c = 0; c < layer.Filters; c++)
        {
            bias.Gradients[c] = LaneSum.Of(gradientSums.Pointer + c * 32);
            byScale += LaneSum.Precise(gradientSums.Pointer + c * 32 + 16);
        }
        threshold.Gradients[0] = LearnedScale.Gradient(byScale * layer.Output.Grid.Scale);
    }

    private void Prepare()
    {
        float source = layer.Kernel.Source.Scale;
        double largest = 0;
        for (int c = 0; c < layer.Filters; c++) largest = Math.Max(largest, Accumulated(source, c));
        layer.Output.Update(threshold.Values[0], LeastStep * largest);
        for (int c = 0; c < layer.Filters; c++)
        {
            double accumulated = Accumulated(source, c), real = accumulated / layer.Output.Grid.Scale;
            FixedPoint.QuantizeMultiplier(real, out multipliers[c], out shifts[c]);
            layer.Bias[c] = (int)Math.Clamp(Math.Round(bias.Values[c] / accumulated, MidpointRounding.AwayFromZero), -LargestBias, LargestBias);
            coefficients.Pointer[c] = layer.Bias[c];
            coefficients.Pointer[layer.Filters + c] = (float)real;
        }
    }

    private double Accumulated(float source, int filter) => layer.FullyConnected
        ? source * layer.Kernel.ScaleOf(filter) : (double)source * layer.Kernel.ScaleOf(filter);
}
