namespace TinyNas.Training;

/// <summary>Sum of maps, the first two first; each gets the gradient as it is.</summary>
internal sealed class AddLayer(
    PlanContext plan, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient) : TrainingLayer
{
    public override void Forward(long step)
    {
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int i = 1; i < inputs.Length; i++)
                    plan.Kernels.Add(
                        (i == 1 ? inputs[0] : output).Line(block, row), inputs[i].Line(block, row), output.Line(block, row), output.Shape.Width, output.Shape.Channels);
    }

    public override void Backward()
    {
        foreach (FeatureMap? gradient in inputGradients)
            if (gradient is not null) FeatureMap.Copy(outputGradient!, gradient, plan.Blocks);
    }
}
