namespace TinyNas.Training;

/// <summary>Means of windows. Rows and columns that fill no window are dropped, and have no gradient.</summary>
internal sealed unsafe class AveragePoolLayer(
    PlanContext plan, AveragePool pool, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private readonly int floats = input.Shape.Channels * 16;
    private readonly float share = 1f / (pool.Height * pool.Width);

    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                {
                    float* sums = output.At(block, row, column);
                    new Span<float>(sums, floats).Clear();
                    for (int i = 0; i < pool.Height; i++)
                        plan.Kernels.AddSums(input.Line(block, row * pool.Height + i, column * pool.Width), pool.Width, input.Shape.Channels, sums);
                    plan.Kernels.Scale(sums, share, sums, floats);
                }
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        inputGradient.Clear();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height * pool.Height; row++)
                for (int column = 0; column < output.Shape.Width * pool.Width; column++)
                    plan.Kernels.Scale(
                        outputGradient!.At(block, row / pool.Height, column / pool.Width), share, inputGradient.At(block, row, column), floats);
    }
}
