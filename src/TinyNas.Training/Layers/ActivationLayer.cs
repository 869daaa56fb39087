namespace TinyNas.Training;

/// <summary>A function of each value, where no normalisation takes it along.</summary>
internal sealed class ActivationLayer(
    PlanContext plan, Activation activation, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private readonly ElementKernel kernel = plan.Kernels.Element(activation);
    private readonly float number = activation is LeakyRelu leaky ? (float)leaky.Slope : 0;

    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                kernel.Apply(input.Line(block, row), output.Line(block, row), input.Shape.Width, input.Shape.Channels, number);
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                kernel.Gradient(
                    input.Line(block, row), outputGradient!.Line(block, row), inputGradient.Line(block, row), input.Shape.Width, input.Shape.Channels, number);
    }
}
