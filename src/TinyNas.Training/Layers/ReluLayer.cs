namespace TinyNas.Training;

/// <summary>ReLU on its own, where no normalisation takes it along.</summary>
internal sealed class ReluLayer(
    PlanContext plan, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.Relu(input.Line(block, row), output.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.ReluGradient(
                    input.Line(block, row), outputGradient!.Line(block, row), inputGradient.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }
}
