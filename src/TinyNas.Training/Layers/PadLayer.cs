namespace TinyNas.Training;

/// <summary>Zeros around a map, as a layer of their own: a convolution's own padding costs nothing and is to be preferred.</summary>
internal sealed class PadLayer(
    PlanContext plan, Pad pad, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        // Others use the memory in between.
        output.Clear();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                    input.Pixel(block, row, column).CopyTo(output.Pixel(block, row + pad.Top, column + pad.Left));
    }

    public override void Backward()
    {
        for (int block = 0; inputGradient is not null && block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                    outputGradient!.Pixel(block, row + pad.Top, column + pad.Left).CopyTo(inputGradient.Pixel(block, row, column));
    }
}
