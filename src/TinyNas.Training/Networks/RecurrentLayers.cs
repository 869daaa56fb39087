namespace TinyNas.Training;

/// <summary>
/// Reads a map of height 1 column by column with a state that begins as zeros; trained by back-propagation through all of time. Gives
/// the last state, 1 × 1 × Units, or all of them.
/// </summary>
public abstract record Recurrent(int Units) : Layer
{
    /// <summary>All states, 1 × width × Units, not the last alone.</summary>
    public bool Sequence { get; init; }
}

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). Gates in the order input,
/// forget, candidate, output: kernel [4 Units, inputs], recurrent [4 Units, Units], bias [4 Units].
/// </summary>
public sealed record Lstm(int Units) : Recurrent(Units);

/// <summary>
/// Gated recurrent unit (Cho et al. 2014) with the reset behind the product, as PyTorch and Keras have it. Gates in the order reset,
/// update, candidate: kernel [3 Units, inputs], recurrent [3 Units, Units], bias [3 Units], candidateBias [Units] within the reset.
/// </summary>
public sealed record Gru(int Units) : Recurrent(Units);

/// <summary>
/// FastGRNN (Kusupati et al. 2018): one kernel [Units, inputs] and recurrent [Units, Units] for gate and candidate, gateBias and bias
/// [Units], and the two scalars zeta and nu, which go through a sigmoid.
/// </summary>
public sealed record FastGrnn(int Units) : Recurrent(Units);
