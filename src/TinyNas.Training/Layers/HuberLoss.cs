namespace TinyNas.Training;

/// <summary>
/// Mean over all outputs of d²/2 where |d| ≤ delta and delta (|d| - delta/2) elsewhere (Huber 1964), d being output minus wanted
/// value; the gradient is d, cut to ±delta, over the number of outputs. In double precision: regressions have few outputs.
/// </summary>
internal sealed class HuberLoss(PlanContext plan, FeatureMap wanted, FeatureMap output, FeatureMap gradient, double delta) : Loss
{
    public override double Forward(ReadOnlySpan<int> targets)
    {
        double elements = (double)output.Shape.Count * plan.Blocks * 16, loss = 0;
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                for (int column = 0; column < output.Shape.Width; column++)
                    loss += Pixel(wanted.Pixel(block, row, column), output.Pixel(block, row, column), gradient.Pixel(block, row, column), elements);
        return loss / elements;
    }

    private double Pixel(ReadOnlySpan<float> right, ReadOnlySpan<float> found, Span<float> slope, double elements)
    {
        double loss = 0;
        for (int i = 0; i < found.Length; i++)
        {
            double d = (double)found[i] - right[i], cut = Math.Clamp(d, -delta, delta);
            slope[i] = (float)(cut / elements);
            loss += cut * (d - cut / 2);
        }
        return loss;
    }
}
