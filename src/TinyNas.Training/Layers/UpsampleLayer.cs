namespace TinyNas.Training;

/// <summary>Every pixel repeated; its gradient is the sum of its copies', row after row.</summary>
internal sealed unsafe class UpsampleLayer(
    PlanContext plan, Upsample scale, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                    input.Pixel(block, row / scale.Height, column / scale.Width).CopyTo(output.Pixel(block, row, column));
    }

    public override void Backward()
    {
        for (int block = 0; inputGradient is not null && block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                for (int column = 0; column < input.Shape.Width; column++)
                {
                    inputGradient.Pixel(block, row, column).Clear();
                    for (int i = 0; i < scale.Height; i++)
                        plan.Kernels.AddSums(
                            outputGradient!.Line(block, row * scale.Height + i, column * scale.Width), scale.Width, input.Shape.Channels, inputGradient.At(block, row, column));
                }
    }
}
