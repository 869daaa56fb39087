namespace TinyNas.Training;

internal sealed unsafe class GlobalAveragePoolLayer(
    PlanContext plan, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private readonly int floats = input.Shape.Channels * 16;
    private readonly float share = 1f / (input.Shape.Height * input.Shape.Width);

    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
        {
            float* sums = output.At(block, 0, 0);
            new Span<float>(sums, floats).Clear();
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.AddSums(input.Line(block, row), input.Shape.Width, input.Shape.Channels, sums);
            plan.Kernels.Scale(sums, share, sums, floats);
        }
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                    plan.Kernels.Scale(outputGradient!.At(block, 0, 0), share, inputGradient.At(block, row, column), floats);
    }
}
