namespace TinyNas.Training;

/// <summary>
/// A layer that writes the gradient of its input in pieces, when the convolution before it asks: a few rows are computed and
/// used up while they are in the cache, instead of a map that goes to memory and comes back.
/// </summary>
internal interface IGradientRows
{
    /// <summary>Rows come in multiples of this, except at the end.</summary>
    int RowMultiple { get; }

    /// <summary>Completes what the rows depend on: sums over the batch.</summary>
    void BeginRows();

    /// <summary>Writes rows [first, first + count) of a block to <paramref name="target"/> from its row <paramref name="targetRow"/> on.</summary>
    void WriteRows(int block, int first, int count, FeatureMap target, int targetRow);
}

/// <summary>A layer that takes sums over the gradient of its output as soon as rows of it are written, while they are in the cache.</summary>
internal interface IGradientRowsSink
{
    void ClearSums();

    /// <summary>Rows [first, first + count) of the block's gradient are there. Rows come in order, block after block.</summary>
    void RowsWritten(int block, int first, int count);
}
