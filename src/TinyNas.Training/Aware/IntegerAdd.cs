using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Training;

/// <summary>ADD of two int8 maps, each at its own scale.</summary>
internal sealed record IntegerAdd(Grid First, Grid Second, OutputGrid Output) : IntegerLayer
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new IntegerAddLayer(plan, stage, index, this, inputs, output, inputGradients, outputGradient);
}

internal sealed unsafe class IntegerAddLayer : TrainingLayer
{
    private const int LeftShift = 20;

    /// <summary>As <see cref="Quantiser"/> has it.</summary>
    private const double LeastStep = 1.0 / (1 << 12);

    private readonly PlanContext plan;
    private readonly IntegerAdd layer;
    private readonly FeatureMap[] inputs;
    private readonly FeatureMap output;
    private readonly FeatureMap?[] inputGradients;
    private readonly FeatureMap? outputGradient;
    private readonly RoundedResult rounded;

    public IntegerAddLayer(
        PlanContext plan, int stage, int index, IntegerAdd layer, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient)
    {
        (this.plan, this.layer, this.inputs, this.output, this.inputGradients, this.outputGradient) = (plan, layer, inputs, output, inputGradients, outputGradient);
        rounded = new RoundedResult(plan, stage, index, layer.Output, output);
    }

    public override void Bind() => rounded.Bind();

    public override void Forward(long step)
    {
        Grid a = layer.First, b = layer.Second;
        rounded.Update(Math.Max(a.Scale, b.Scale) * LeastStep);
        AddParameters parameters = Parameters(a, b);
        int zero = layer.Output.Grid.ZeroPoint;
        float shareA = a.Scale / layer.Output.Grid.Scale, shareB = b.Scale / layer.Output.Grid.Scale;
        int floats = output.Shape.Channels * 16;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                {
                    float* x = inputs[0].At(block, row, column), y = inputs[1].At(block, row, column);
                    float* n = output.At(block, row, column), exact = rounded.Exact.At(block, row, column);
                    for (int i = 0; i < floats; i++)
                    {
                        n[i] = parameters.Apply((int)x[i], (int)y[i]) - zero;
                        exact[i] = x[i] * shareA + y[i] * shareB;
                    }
                }
    }

    public override void Backward()
    {
        if (Array.Find(inputGradients, g => g is not null) is not { } first) return;
        rounded.Gradient(outputGradient!, first);
        foreach (FeatureMap? other in inputGradients)
            if (other is not null && other != first) FeatureMap.Copy(first, other, plan.Blocks);
    }

    /// <summary>As the preparation of ADD has them; the operands come without their zero points.</summary>
    private AddParameters Parameters(Grid a, Grid b)
    {
        Grid target = layer.Output.Grid;
        var (least, most) = layer.Output.Range();
        double twiceLargest = 2 * (double)Math.Max(a.Scale, b.Scale);
        FixedPoint.QuantizeMultiplier(a.Scale / twiceLargest, out int multiplierA, out int shiftA);
        FixedPoint.QuantizeMultiplier(b.Scale / twiceLargest, out int multiplierB, out int shiftB);
        FixedPoint.QuantizeMultiplier(twiceLargest / ((1 << LeftShift) * (double)target.Scale), out int multiplier, out int shift);
        return new AddParameters(default, LeftShift, 0, multiplierA, shiftA, 0, multiplierB, shiftB, 1, multiplier, shift,
            new Requantizer(target.ZeroPoint, least + target.ZeroPoint, most + target.ZeroPoint));
    }
}
