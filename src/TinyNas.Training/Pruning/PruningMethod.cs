namespace TinyNas.Training;

/// <summary>What tells which channels, or which weights, a network can do without.</summary>
public enum PruningMethod
{
    /// <summary>Mean |w| of a channel's filter, over its layer's (Li et al. 2017).</summary>
    Magnitude,

    /// <summary>|γ| of its batch normalisation (Liu et al. 2017, without their penalty). Channels without one stay.</summary>
    BatchNorm,

    /// <summary>Σ over batches of (Σ g·w)², what the loss changes by to first order (Molchanov et al. 2019).</summary>
    Taylor,

    /// <summary>A threshold per layer on the filters' norms, learned with the weights (Fedorov et al. 2020, "TinyLSTMs").</summary>
    Threshold,

    /// <summary>Single weights, the smallest of all layers together: no channel goes, and only a sparse storage of weights gains (see <see cref="SparseSize"/>).</summary>
    Unstructured,
}
