namespace TinyNas.Training;

/// <summary>
/// A layer that writes its output in pieces, when the convolution behind it asks: rows are used up while they are in the cache,
/// and all blocks share the memory of one. What is small to compute is computed again in the backward pass.
/// </summary>
internal interface IValueRows
{
    /// <summary>Writes rows [first, first + count) of a block of the output. Rows come in order, from the first on for each block.</summary>
    void WriteValues(int block, int first, int count);

    /// <summary>Writes them once more in the backward pass, to the same bits.</summary>
    void RewriteValues(int block, int first, int count);
}
