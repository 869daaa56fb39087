using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>A layer that trains on the integers of the deployed graph; networks of these are built for training alone (<see cref="AwareNetwork"/>).</summary>
internal abstract record IntegerLayer : Layer
{
    public abstract Shape OutputOf(IReadOnlyList<Shape> inputs);

    /// <summary>The maps are those of <see cref="TrainingPlan"/>: a gradient map for each input, null where none is needed.</summary>
    public abstract TrainingLayer Create(
        PlanContext plan, int stage, int index, FeatureMap[] inputs, FeatureMap output, FeatureMap?[] inputGradients, FeatureMap? outputGradient);
}
