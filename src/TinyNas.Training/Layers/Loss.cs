namespace TinyNas.Training;

/// <summary>What a step minimises. Writes the gradient of the network's output.</summary>
internal abstract class Loss
{
    /// <param name="targets">Class of each sample, where the loss knows classes.</param>
    /// <returns>The loss; not a number or infinite where the network has diverged.</returns>
    public abstract double Forward(ReadOnlySpan<int> targets);
}
