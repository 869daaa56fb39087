namespace TinyNas.Training;

/// <summary>Channels of the inputs, one after the other.</summary>
internal sealed class ConcatenateLayer(
    PlanContext plan, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int i = 0, first = 0; i < inputs.Length; first += inputs[i++].Shape.Channels)
            for (int block = 0; block < plan.Blocks; block++)
                for (int row = 0; row < output.Shape.Height; row++)
                    for (int column = 0; column < output.Shape.Width; column++)
                        inputs[i].Pixel(block, row, column).CopyTo(output.Pixel(block, row, column)[(first * 16)..]);
    }

    public override void Backward()
    {
        for (int i = 0, first = 0; i < inputs.Length; first += inputs[i++].Shape.Channels)
            for (int block = 0; inputGradients[i] is { } gradient && block < plan.Blocks; block++)
                for (int row = 0; row < output.Shape.Height; row++)
                    for (int column = 0; column < output.Shape.Width; column++)
                    {
                        Span<float> target = gradient.Pixel(block, row, column);
                        outputGradient!.Pixel(block, row, column).Slice(first * 16, target.Length).CopyTo(target);
                    }
    }
}
