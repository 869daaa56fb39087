namespace TinyNas.Training;

/// <summary>All weights side by side, with their gradients and what the optimiser remembers of each. Lanes are weights here, not samples.</summary>
internal unsafe struct UpdateMemory
{
    public float* Weights, Gradients;

    /// <summary>The optimiser's state; null where it has none.</summary>
    public float* First, Second;

    /// <summary>A multiple of 16.</summary>
    public nint Count;
}
