using System.Numerics;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Training;

/// <summary>MEAN over height and width of an int8 map.</summary>
internal sealed record IntegerMean(Grid Source, OutputGrid Output) : IntegerLayer
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => new(1, 1, inputs[0].Channels);

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new IntegerMeanLayer(plan, stage, index, this, inputs[0], output, inputGradients[0], outputGradient);
}

internal sealed unsafe class IntegerMeanLayer : TrainingLayer
{
    private readonly PlanContext plan;
    private readonly IntegerMean layer;
    private readonly FeatureMap input, output, passed;
    private readonly FeatureMap? inputGradient, outputGradient;
    private readonly RoundedResult rounded;
    private readonly int count;

    public IntegerMeanLayer(
        PlanContext plan, int stage, int index, IntegerMean layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient)
    {
        (this.plan, this.layer, this.input, this.output, this.inputGradient, this.outputGradient) = (plan, layer, input, output, inputGradient, outputGradient);
        count = input.Shape.Height * input.Shape.Width;
        rounded = new RoundedResult(plan, stage, index, layer.Output, output);
        int then = plan.Clock.Backward(stage);
        passed = new FeatureMap(plan.Arena, output.Shape, plan.Blocks, default, compact: true, then, then);
    }

    public override void Bind() => rounded.Bind();

    public override void Forward(long step)
    {
        Grid target = layer.Output.Grid;
        rounded.Update((double)layer.Source.Scale / count);
        // As the preparation of MEAN has it: the division by the count goes into the multiplier.
        FixedPoint.QuantizeMultiplier((double)layer.Source.Scale / target.Scale, out int multiplier, out int shift);
        int room = Math.Min(Math.Min(63 - BitOperations.LeadingZeroCount((ulong)count), 32), 31 + shift);
        multiplier = (int)(((long)multiplier << room) / count);
        shift -= room;
        float share = layer.Source.Scale / (target.Scale * count);
        for (int block = 0; block < plan.Blocks; block++)
        {
            float* n = output.At(block, 0, 0), exact = rounded.Exact.At(block, 0, 0);
            new Span<float>(n, output.Shape.Channels * 16).Clear();
            for (int row = 0; row < input.Shape.Height; row++) plan.Kernels.AddSums(input.Line(block, row), input.Shape.Width, input.Shape.Channels, n);
            for (int i = 0; i < output.Shape.Channels * 16; i++)
            {
                exact[i] = n[i] * share;
                n[i] = Math.Clamp(FixedPoint.MultiplyByQuantizedMultiplier((int)n[i], multiplier, shift), target.Least, target.Most);
            }
        }
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        rounded.Gradient(outputGradient!, passed);
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                    plan.Kernels.Scale(passed.At(block, 0, 0), 1f / count, inputGradient.At(block, row, column), input.Shape.Channels * 16);
    }
}
