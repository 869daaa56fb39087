using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// A linear stage in floats. Every output is bias + Σ x·w in the order kernel row, kernel column, input channel, one fused
/// multiply-add each; eight output channels lie side by side in a vector, which leaves that order alone, so any
/// vector width gives the same bits. Taps outside the map are skipped.
/// </summary>
internal sealed class FloatConvolution
{
    private const int Lanes = 8;

    private readonly LinearStage stage;
    private readonly Shape input;
    private readonly int filters, padded, group, top, left;
    private readonly float[] kernel, bias;

    public FloatConvolution(LinearStage stage, FoldedLinear folded)
    {
        this.stage = stage;
        Conv g = stage.Geometry;
        input = stage.KernelInput;
        filters = stage.Out.Channels;
        padded = (filters + Lanes - 1) / Lanes * Lanes;
        group = input.Channels / g.Groups;
        top = WindowPadding.Before(g.Padding, input.Height, g.KernelHeight, g.StrideHeight, g.DilationHeight, stage.Out.Height);
        left = WindowPadding.Before(g.Padding, input.Width, g.KernelWidth, g.StrideWidth, g.DilationWidth, stage.Out.Width);
        kernel = new float[stage.Taps * padded];
        bias = new float[padded];
        for (int f = 0; f < filters; f++)
        {
            bias[f] = (float)folded.Bias[f];
            for (int t = 0; t < stage.Taps; t++) kernel[t * padded + f] = (float)folded.Kernel[f * stage.Taps + t];
        }
    }

    public void Run(ReadOnlySpan<float> x, Span<float> y)
    {
        Conv g = stage.Geometry;
        int reach = 3 * g.StrideWidth + (g.KernelWidth - 1) * g.DilationWidth;
        for (int oy = 0; oy < stage.Out.Height; oy++)
            for (int ox = 0; ox < stage.Out.Width;)
            {
                int y0 = oy * g.StrideHeight - top, x0 = ox * g.StrideWidth - left, at = (oy * stage.Out.Width + ox) * filters;
                if (g.Groups > 1) Grouped(x, y.Slice(at, filters), y0, x0);
                else if (ox + 4 <= stage.Out.Width && x0 >= 0 && x0 + reach < input.Width)
                {
                    Four(x, y.Slice(at, 4 * filters), y0, x0);
                    ox += 3;
                }
                else One(x, y.Slice(at, filters), y0, x0);
                ox++;
            }
        FloatAddition.Activate(stage.Activation, y);
    }

    /// <summary>Four positions in a row with all their columns inside: four independent sums hide the latency of each.</summary>
    private void Four(ReadOnlySpan<float> x, Span<float> y, int y0, int x0)
    {
        Conv g = stage.Geometry;
        int step = g.StrideWidth * group;
        ref float w = ref MemoryMarshal.GetArrayDataReference(kernel);
        for (int f = 0; f < padded; f += Lanes)
        {
            Vector256<float> sum0, sum1, sum2, sum3;
            sum0 = sum1 = sum2 = sum3 = Vector256.Create<float>(bias.AsSpan(f, Lanes));
            for (int ky = 0; ky < g.KernelHeight; ky++)
            {
                int iy = y0 + ky * g.DilationHeight;
                if ((uint)iy >= (uint)input.Height) continue;
                for (int kx = 0; kx < g.KernelWidth; kx++)
                {
                    nuint tap = (nuint)((ky * g.KernelWidth + kx) * group * padded + f);
                    ReadOnlySpan<float> from = x.Slice((iy * input.Width + x0 + kx * g.DilationWidth) * group, 3 * step + group);
                    for (int c = 0; c < group; c++, tap += (nuint)padded)
                    {
                        Vector256<float> weights = Vector256.LoadUnsafe(ref w, tap);
                        sum0 = Vector256.FusedMultiplyAdd(Vector256.Create(from[c]), weights, sum0);
                        sum1 = Vector256.FusedMultiplyAdd(Vector256.Create(from[c + step]), weights, sum1);
                        sum2 = Vector256.FusedMultiplyAdd(Vector256.Create(from[c + 2 * step]), weights, sum2);
                        sum3 = Vector256.FusedMultiplyAdd(Vector256.Create(from[c + 3 * step]), weights, sum3);
                    }
                }
            }
            Store(sum0, y, f);
            Store(sum1, y[filters..], f);
            Store(sum2, y[(2 * filters)..], f);
            Store(sum3, y[(3 * filters)..], f);
        }
    }

    private void One(ReadOnlySpan<float> x, Span<float> y, int y0, int x0)
    {
        Conv g = stage.Geometry;
        ref float w = ref MemoryMarshal.GetArrayDataReference(kernel);
        for (int f = 0; f < padded; f += Lanes)
        {
            Vector256<float> sum = Vector256.Create<float>(bias.AsSpan(f, Lanes));
            for (int ky = 0; ky < g.KernelHeight; ky++)
            {
                int iy = y0 + ky * g.DilationHeight;
                if ((uint)iy >= (uint)input.Height) continue;
                for (int kx = 0; kx < g.KernelWidth; kx++)
                {
                    int ix = x0 + kx * g.DilationWidth;
                    if ((uint)ix >= (uint)input.Width) continue;
                    nuint tap = (nuint)((ky * g.KernelWidth + kx) * group * padded + f);
                    foreach (float value in x.Slice((iy * input.Width + ix) * group, group))
                    {
                        sum = Vector256.FusedMultiplyAdd(Vector256.Create(value), Vector256.LoadUnsafe(ref w, tap), sum);
                        tap += (nuint)padded;
                    }
                }
            }
            Store(sum, y, f);
        }
    }

    private void Store(Vector256<float> sum, Span<float> y, int f)
    {
        if (f + Lanes <= filters) sum.CopyTo(y[f..]);
        else
            for (int i = f; i < filters; i++) y[i] = sum[i - f];
    }

    private void Grouped(ReadOnlySpan<float> x, Span<float> y, int y0, int x0)
    {
        Conv g = stage.Geometry;
        int filtersOfGroup = filters / g.Groups;
        for (int f = 0; f < filters; f++)
        {
            float sum = bias[f];
            int channel = f / filtersOfGroup * group;
            for (int ky = 0; ky < g.KernelHeight; ky++)
            {
                int iy = y0 + ky * g.DilationHeight;
                if ((uint)iy >= (uint)input.Height) continue;
                for (int kx = 0; kx < g.KernelWidth; kx++)
                {
                    int ix = x0 + kx * g.DilationWidth;
                    if ((uint)ix >= (uint)input.Width) continue;
                    int tap = (ky * g.KernelWidth + kx) * group, from = (iy * input.Width + ix) * input.Channels + channel;
                    for (int c = 0; c < group; c++) sum = MathF.FusedMultiplyAdd(x[from + c], kernel[(tap + c) * padded + f], sum);
                }
            }
            y[f] = sum;
        }
    }
}
