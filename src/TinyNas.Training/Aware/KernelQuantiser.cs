namespace TinyNas.Training;

/// <summary>
/// Stands between a layer's kept weights and its kernels: forward the layer computes with integers, which float sums hold exactly up to 2^24;
/// backward with the real numbers that those stand for. Gradients pass where a weight is within the levels (straight through
/// the rounding); a scale's is Σ g·(q − w/s) within and Σ g·q beyond, times s.
/// </summary>
internal sealed unsafe class KernelQuantiser
{
    private readonly KernelGrid grid;
    private readonly Parameter kernel, thresholds;
    private readonly Region integers, reals;
    private readonly int filters;

    public KernelQuantiser(PlanContext plan, int index, Parameter kernel, int filters, KernelGrid grid)
    {
        (this.kernel, this.filters, this.grid) = (kernel, filters, grid);
        thresholds = plan.Parameters.Add(index, "scales", grid.Starts.Length);
        integers = plan.Arena.Reserve(kernel.Count);
        reals = plan.Arena.Reserve(kernel.Count);
        grid.Integers = new sbyte[kernel.Count];
    }

    /// <summary>The real numbers that the integers of the last <see cref="Integers"/> stand for.</summary>
    public float* Reals => reals.Pointer;

    /// <summary>Quantises the weights as they are now.</summary>
    public float* Integers()
    {
        for (int i = 0; i < grid.Scales.Length; i++) grid.Scales[i] = LearnedScale.Of(grid.Method, grid.Starts[i], thresholds.Values[i]);
        int taps = kernel.Count / filters;
        for (int f = 0; f < filters; f++)
        {
            float scale = grid.ScaleOf(f);
            for (int i = f * taps; i < (f + 1) * taps; i++)
            {
                double q = Math.Clamp(Math.Round((double)kernel.Values[i] / scale, MidpointRounding.AwayFromZero), -grid.Levels, grid.Levels);
                grid.Integers[i] = (sbyte)q;
                integers.Pointer[i] = (float)q;
                reals.Pointer[i] = (float)q * scale;
            }
        }
        return integers.Pointer;
    }

    /// <summary>From Σ (output gradient × integer input), which stands in the kernel's gradients, to those of weights and scales.</summary>
    public void Return()
    {
        int taps = kernel.Count / filters;
        thresholds.GradientSpan.Clear();
        for (int f = 0; f < filters; f++)
        {
            float scale = grid.ScaleOf(f);
            double byScale = 0;
            for (int i = f * taps; i < (f + 1) * taps; i++)
            {
                float gradient = kernel.Gradients[i] * grid.Source.Scale, exact = kernel.Values[i] / scale, q = integers.Pointer[i];
                bool within = Math.Abs(exact) <= grid.Levels + 0.5f;
                byScale += (double)gradient * (within ? q - exact : q);
                kernel.Gradients[i] = within ? gradient : 0;
            }
            thresholds.Gradients[grid.Scales.Length == 1 ? 0 : f] += LearnedScale.Gradient(byScale * scale);
        }
    }
}
