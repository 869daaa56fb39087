namespace TinyNas.Training;

/// <summary>
/// Weight gradients of a dense layer. Every weight is used once per sample, so with samples in the lanes the sums over lanes
/// would cost more than the products. The activations are transposed instead: 16 inputs to a vector, and the samples are
/// the terms of the sum, added in their order.
/// </summary>
internal sealed unsafe class DenseWeightGradient
{
    private readonly int inputs, units, whole, rest;
    private readonly Region transposed, zeros;
    private readonly Region? products;
    private readonly TiledProduct? product, last;
    private readonly nint group;

    /// <param name="blocks">Blocks of 16 samples; of a recurrent layer, times its columns.</param>
    /// <param name="gradientBlock">From one block's gradients to the next's.</param>
    public DenseWeightGradient(PlanContext plan, int blocks, int inputs, int units, nint gradientBlock, int moment)
    {
        (this.inputs, this.units, whole, rest) = (inputs, units, inputs / 16, inputs % 16);
        group = blocks * 256;
        // [group of 16 inputs][sample][16].
        transposed = plan.Arena.Reserve((whole + (rest > 0 ? 1 : 0)) * group);
        zeros = plan.Arena.Reserve(units);
        var pass = new ProductPass
        {
            ScalarRow = 16, ScalarTerm = 1, ScalarRun = gradientBlock, VectorStep = group, VectorTerm = 16, VectorRun = 256,
            OutputRow = inputs, OutputStep = 16, Runs = blocks, RunLength = 16,
        };
        if (whole > 0) product = new TiledProduct(plan.Kernels, units, whole, pass);
        if (rest == 0) return;
        // A vector of 16 would reach into the next row.
        products = plan.Arena.Reserve(units * 16, moment, moment);
        last = new TiledProduct(plan.Kernels, units, 1, pass with { OutputRow = 16 });
    }

    /// <summary>Takes in the [input][16] of a block, before <see cref="Run"/>.</summary>
    public void Take(float* input, int block) => Transpose(input, transposed.Pointer + block * 256);

    /// <summary>gradients[unit][input] over all blocks.</summary>
    /// <param name="scalars">[unit][16] of the first block.</param>
    public void Run(float* scalars, float* gradients)
    {
        product?.Run(scalars, transposed.Pointer, zeros.Pointer, gradients);
        if (last is null) return;
        last.Run(scalars, transposed.Pointer + whole * group, zeros.Pointer, products!.Pointer);
        for (int unit = 0; unit < units; unit++)
            new Span<float>(products.Pointer + unit * 16, rest).CopyTo(new Span<float>(gradients + (nint)unit * inputs + whole * 16, rest));
    }

    /// <summary>Lanes past the last input keep the zeros that they began with.</summary>
    private void Transpose(float* from, float* to)
    {
        for (int i = 0; i < whole; i++) Interleave.Run(from + i * 256, 16, to + i * group, 16);
        for (int sample = 0; sample < 16; sample++)
            for (int i = 0; i < rest; i++) to[whole * group + sample * 16 + i] = from[(whole * 16 + i) * 16 + sample];
    }
}
