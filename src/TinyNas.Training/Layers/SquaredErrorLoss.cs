namespace TinyNas.Training;

/// <summary>Mean squared difference between the network's output and what it should be: its input for autoencoders, values of the samples for regression.</summary>
internal sealed unsafe class SquaredErrorLoss(PlanContext plan, FeatureMap wanted, FeatureMap output, FeatureMap gradient) : Loss
{
    private readonly Region sums = plan.Arena.Reserve(16);

    public override double Forward(ReadOnlySpan<int> targets)
    {
        double elements = (double)output.Shape.Count * plan.Blocks * 16;
        sums.Clear();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                plan.Kernels.SquaredDifference(
                    output.Line(block, row), wanted.Line(block, row), gradient.Line(block, row), output.Shape.Width, output.Shape.Channels,
                    (float)(2 / elements), sums.Pointer);
        return LaneSum.Precise(sums.Pointer) / elements;
    }
}
