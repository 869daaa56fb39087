namespace TinyNas.Training;

/// <summary>Max-pooling on its own. Rows and columns that fill no window are dropped, and have no gradient.</summary>
internal sealed class MaxPoolLayer(
    PlanContext plan, MaxPool pool, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private readonly Window window = new() { Height = pool.Height, Width = pool.Width, Row = input.Row };

    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                plan.Kernels.MaxPool(input.Line(block, row * pool.Height), window, output.Line(block, row), output.Shape.Width, input.Shape.Channels);
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        inputGradient.Clear();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                plan.Kernels.MaxPoolGradient(
                    input.Line(block, row * pool.Height), window, output.Line(block, row), outputGradient!.Line(block, row),
                    inputGradient.Line(block, row * pool.Height), inputGradient.Row, output.Shape.Width, input.Shape.Channels);
    }
}
