namespace TinyNas.Training;

/// <summary>
/// Where a stage writes the gradients of what it reads. The last reader of a value writes to the value's own map; whoever comes
/// before it in the network, and so after it in the backward pass, writes to a map of its own, which is then added. That is the
/// one order of the sum: last reader to first.
/// </summary>
internal sealed class GradientSum
{
    private readonly PlanContext plan;
    private readonly List<(FeatureMap Part, FeatureMap Whole)> additions = [];

    /// <param name="inputs">Values that the stage reads.</param>
    /// <param name="readers">Stages that read each value, ascending.</param>
    public GradientSum(PlanContext plan, int stage, int[] inputs, int[][] readers, FeatureMap?[] gradients)
    {
        this.plan = plan;
        Parts = new FeatureMap?[inputs.Length];
        int now = plan.Clock.Backward(stage);
        for (int i = 0; i < inputs.Length; i++)
        {
            Parts[i] = gradients[inputs[i]];
            bool begins = readers[inputs[i]][^1] == stage && Array.IndexOf(inputs, inputs[i]) == i;
            if (Parts[i] is not { } whole || begins) continue;
            Parts[i] = new FeatureMap(plan.Arena, whole.Shape, plan.Blocks, default, compact: true, now, now);
            additions.Add((Parts[i]!, whole));
        }
    }

    /// <summary>A map for each input of the stage; null: no gradient is needed.</summary>
    public FeatureMap?[] Parts { get; }

    /// <summary>To be called after the stage's backward pass.</summary>
    public void Add()
    {
        foreach (var (part, whole) in additions)
            for (int block = 0; block < plan.Blocks; block++)
                for (int row = 0; row < whole.Shape.Height; row++)
                    plan.Kernels.Add(whole.Line(block, row), part.Line(block, row), whole.Line(block, row), whole.Shape.Width, whole.Shape.Channels);
    }
}
