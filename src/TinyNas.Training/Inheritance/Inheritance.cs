namespace TinyNas.Training;

/// <summary>
/// Weights for a network that is a step away from a trained one, so that it begins near where that one ended (after Net2Net, Chen et al. 2016, and
/// the network morphisms of Elsken et al. 2019): wider layers repeat channels and share out what reads them, narrower ones keep their largest,
/// kernels grow by zeros around them and shrink to their middle, new convolutions and dense layers hand on what they read.
/// </summary>
public static class Inheritance
{
    /// <summary>Of repeated channels, in deviations of the filter: equal ones would stay equal for ever.</summary>
    private const double Noise = 0.05;

    /// <summary>
    /// Parameters for every layer of <paramref name="child"/>, as <see cref="ITrainer.Continue"/> takes them. What the parent has nothing for is drawn by
    /// <paramref name="seed"/> as a fresh network's.
    /// </summary>
    /// <param name="noise">Factor of the noise on repeated channels; 0: none.</param>
    public static TrainedNetwork Inherit(TrainedNetwork parent, Network child, ulong seed, double noise = 1) =>
        new InheritedNetwork(parent, child, seed, noise * Noise).Build();
}
