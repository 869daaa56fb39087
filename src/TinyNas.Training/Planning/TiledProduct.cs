namespace TinyNas.Training;

/// <summary>A <see cref="ProductKernel"/> per register tile of a product of matrices.</summary>
internal sealed unsafe class TiledProduct
{
    private readonly Tiling tiling;
    private readonly ProductKernel[,] kernels;
    private readonly ProductPass pass;

    /// <param name="rows">Rows of the result.</param>
    /// <param name="vectors">Vectors of 16 in a row of the result.</param>
    public TiledProduct(KernelSet set, int rows, int vectors, in ProductPass pass)
    {
        tiling = Tiling.Choose(rows, vectors, set.Registers);
        kernels = new ProductKernel[tiling.Heights.Length, tiling.Widths.Length];
        for (int i = 0; i < tiling.Heights.Length; i++)
            for (int j = 0; j < tiling.Widths.Length; j++) kernels[i, j] = set.Product(tiling.Heights[i], tiling.Widths[j]);
        this.pass = pass;
    }

    /// <param name="bias">One per row.</param>
    public void Run(float* scalars, float* vectors, float* bias, float* output)
    {
        nint row = 0;
        for (int i = 0; i < tiling.Heights.Length; i++)
        {
            nint vector = 0;
            for (int j = 0; j < tiling.Widths.Length; j++)
            {
                kernels[i, j].Run(
                    pass, scalars + row * pass.ScalarRow, vectors + vector * pass.VectorStep, bias + row, output + row * pass.OutputRow + vector * pass.OutputStep);
                vector += tiling.Widths[j];
            }
            row += tiling.Heights[i];
        }
    }
}
