namespace TinyNas.Training;

/// <summary>Per sample of the batch: the second class, and its share (mix-up).</summary>
internal sealed record TargetMixture(int[] Targets, float[] Shares);
