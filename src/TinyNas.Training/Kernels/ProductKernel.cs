using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>
/// Where the operands of a product of matrices stand, in floats. An output (row, vector of 16) is the sum over the terms of a
/// scalar of the row times a vector of 16; terms come in runs.
/// </summary>
internal struct ProductPass
{
    /// <summary>From a scalar to that of the next row, the next term, the first term of the next run.</summary>
    public nint ScalarRow, ScalarTerm, ScalarRun;

    /// <summary>From a vector to the next one of the same term, of the next term, of the first term of the next run.</summary>
    public nint VectorStep, VectorTerm, VectorRun;

    public nint OutputRow, OutputStep;
    public int Runs, RunLength;
}

/// <summary>
/// Products of matrices for dense layers: rows × vectors accumulators in registers. Scalars are read where they stand, for every
/// weight is used only once or twice per step, and packing it first would cost as much as using it.
/// </summary>
internal abstract unsafe class ProductKernel
{
    /// <param name="bias">What the sum of each row begins with.</param>
    public abstract void Run(in ProductPass pass, float* scalars, float* vectors, float* bias, float* output);
}

internal sealed unsafe class ProductKernel<L, V, TRow, TTile> : ProductKernel
    where L : struct, ILanes<V> where V : unmanaged
    where TRow : unmanaged, IRow<V, TRow> where TTile : unmanaged, ITile<V, TRow, TTile>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in ProductPass pass, float* scalars, float* vectors, float* bias, float* output)
    {
        nint row = pass.ScalarRow, term = pass.ScalarTerm, step = pass.VectorStep, next = pass.VectorTerm;
        int runs = pass.Runs, length = pass.RunLength;
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            TTile tile = TTile.Fill(bias);
            for (int r = 0; r < runs; r++)
            {
                float* s = scalars + r * pass.ScalarRun;
                float* x = vectors + r * pass.VectorRun + lane;
                for (int i = length; i > 0; i--)
                {
                    tile = TTile.AddScaled(s, row, TRow.Load(x, step), tile);
                    s += term;
                    x += next;
                }
            }
            TTile.Store(tile, output + lane, pass.OutputRow, pass.OutputStep);
        }
    }
}
