using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>AVERAGE_POOL_2D on int8: the mean of the integers q, halves away from zero, at the scale of what it reads.</summary>
internal sealed record IntegerAveragePool(AveragePool Pool, Grid Grid) : IntegerLayer
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => ShapeInference.Output(Pool, inputs[0]);

    public override TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) =>
        new IntegerAveragePoolLayer(plan, this, inputs[0], output, inputGradients[0], outputGradient);
}

internal sealed unsafe class IntegerAveragePoolLayer(
    PlanContext plan, IntegerAveragePool layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    /// <summary>Rounding apart, the gradient is that of means.</summary>
    private readonly AveragePoolLayer exact = new(plan, layer.Pool, input, output, inputGradient, outputGradient);

    public override void Forward(long step)
    {
        int height = layer.Pool.Height, width = layer.Pool.Width, count = height * width, floats = input.Shape.Channels * 16, zero = layer.Grid.ZeroPoint;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                {
                    float* n = output.At(block, row, column);
                    new Span<float>(n, floats).Clear();
                    for (int i = 0; i < height; i++)
                        plan.Kernels.AddSums(input.Line(block, row * height + i, column * width), width, input.Shape.Channels, n);
                    for (int i = 0; i < floats; i++)
                    {
                        int sum = (int)n[i] + zero * count;
                        n[i] = (sum > 0 ? sum + count / 2 : sum - count / 2) / count - zero;
                    }
                }
    }

    public override void Backward() => exact.Backward();
}
