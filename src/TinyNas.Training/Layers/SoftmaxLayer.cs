namespace TinyNas.Training;

/// <summary>Softmax over channels, where it is not part of a loss: attention weights, for one.</summary>
internal sealed class SoftmaxLayer(
    PlanContext plan, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.Softmax(input.Line(block, row), output.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }

    public override void Backward()
    {
        for (int block = 0; inputGradient is not null && block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.SoftmaxGradient(
                    output.Line(block, row), outputGradient!.Line(block, row), inputGradient.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }
}
