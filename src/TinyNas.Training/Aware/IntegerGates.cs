using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>The int8 input of the network: as firmware quantises it.</summary>
internal sealed record QuantiseInput(Grid Grid) : IntegerLayer
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new QuantiseInputLayer(plan, Grid, inputs[0], output);
}

/// <summary>Scores for the loss: the real numbers that the last integers stand for.</summary>
internal sealed record RealOutput(Grid Grid) : IntegerLayer
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new RealOutputLayer(plan, Grid, inputs[0], output, inputGradients[0], outputGradient!);
}

internal sealed unsafe class QuantiseInputLayer(PlanContext plan, Grid grid, FeatureMap input, FeatureMap output) : TrainingLayer
{
    public override void Forward(long step)
    {
        int floats = input.Shape.Channels * 16;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                {
                    float* x = input.At(block, row, column), n = output.At(block, row, column);
                    for (int i = 0; i < floats; i++)
                        n[i] = Math.Clamp(MathF.Round(x[i] / grid.Scale, MidpointRounding.AwayFromZero), grid.Least, grid.Most);
                }
    }

    public override void Backward() { }
}

internal sealed unsafe class RealOutputLayer(
    PlanContext plan, Grid grid, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            plan.Kernels.Scale(input.At(block, 0, 0), grid.Scale, output.At(block, 0, 0), input.Shape.Count * 16);
    }

    public override void Backward()
    {
        if (inputGradient is not null) FeatureMap.Copy(outputGradient, inputGradient, plan.Blocks);
    }
}
