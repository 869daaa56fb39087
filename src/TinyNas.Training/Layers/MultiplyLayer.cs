using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>y = a b, with b a map like a or one factor per channel; da = b dy, db = a dy, summed over the map for a factor.</summary>
internal sealed unsafe class MultiplyLayer(
    PlanContext plan, FeatureMap a, FeatureMap b, FeatureMap output, FeatureMap? aGradient, FeatureMap? bGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private readonly bool perChannel = b.Shape != a.Shape;
    private readonly Shape shape = output.Shape;

    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < shape.Height; row++)
                plan.Kernels.Mask(a.Line(block, row), Factors(block, row), output.Line(block, row), shape.Width, shape.Channels);
    }

    public override void Backward()
    {
        for (int block = 0; block < plan.Blocks; block++)
        {
            if (perChannel && bGradient is not null) bGradient.Pixel(block, 0, 0).Clear();
            for (int row = 0; row < shape.Height; row++) BackwardRow(block, row);
        }
    }

    private void BackwardRow(int block, int row)
    {
        if (aGradient is not null)
            plan.Kernels.Mask(outputGradient!.Line(block, row), Factors(block, row), aGradient.Line(block, row), shape.Width, shape.Channels);
        if (bGradient is null) return;
        if (perChannel) plan.Kernels.AddProducts(outputGradient!.Line(block, row), a.Line(block, row), shape.Width, shape.Channels, bGradient.At(block, 0, 0));
        else plan.Kernels.Mask(outputGradient!.Line(block, row), a.Line(block, row), bGradient.Line(block, row), shape.Width, shape.Channels);
    }

    /// <summary>A row of b; one pixel over and over where it has only one.</summary>
    private Pixels Factors(int block, int row) => perChannel ? new Pixels(b.At(block, 0, 0), 0) : b.Line(block, row);
}
