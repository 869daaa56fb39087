using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Inverted dropout (Srivastava et al. 2014): kept values are scaled by 1 / (1 - rate), so inference needs nothing.</summary>
internal sealed unsafe class DropoutLayer(
    PlanContext plan, int stage, int index, Dropout dropout,
    FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient) : TrainingLayer
{
    private static readonly ulong Purpose = RandomStream.KeyOf("dropout");
    private readonly FeatureMap mask = new(
        plan.Arena, input.Shape, plan.Blocks, default, compact: true, plan.Clock.Forward(stage), plan.Clock.Backward(stage));

    public override void Forward(long step)
    {
        Draw(step);
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.Mask(
                    input.Line(block, row), mask.Line(block, row), output.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }

    public override void Backward()
    {
        if (inputGradient is null) return;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                plan.Kernels.Mask(
                    outputGradient!.Line(block, row), mask.Line(block, row), inputGradient.Line(block, row), input.Shape.Width, input.Shape.Channels);
    }

    private void Draw(long step)
    {
        RandomStream stream = RandomStream.Create(plan.Seed, Purpose, (ulong)index, (ulong)step);
        float kept = (float)(1 / (1 - dropout.Rate));
        for (int block = 0; block < plan.Blocks; block++)
        {
            float* values = mask.At(block, 0, 0);
            for (int i = 0; i < input.Shape.Count * 16; i++) values[i] = stream.NextDouble() < dropout.Rate ? 0 : kept;
        }
    }
}
