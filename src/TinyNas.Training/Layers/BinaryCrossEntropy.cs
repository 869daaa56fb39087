using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Mean over all logits of log(1 + e^z) - y z, y being 1 for the sample's class and 0 elsewhere; a single logit stands for class 1.
/// The gradient is sigmoid(z) - y over their number. In double precision, as the maximum of z and 0 plus log(1 + e^-|z|), which never overflows.
/// </summary>
internal sealed class BinaryCrossEntropy(PlanContext plan, FeatureMap logits, FeatureMap gradient) : Loss
{
    private readonly int outputs = logits.Shape.Channels;

    public override double Forward(ReadOnlySpan<int> targets)
    {
        double elements = (double)outputs * targets.Length, loss = 0;
        for (int block = 0; block < plan.Blocks; block++)
        {
            Span<float> z = logits.Pixel(block, 0, 0), dz = gradient.Pixel(block, 0, 0);
            for (int i = 0; i < z.Length; i++)
            {
                int meant = outputs == 1 ? 1 : i / 16;
                double y = targets[block * 16 + i % 16] == meant ? 1 : 0;
                dz[i] = (float)((DeterministicMath.Sigmoid(z[i]) - y) / elements);
                loss += Math.Max(z[i], 0) - y * z[i] + DeterministicMath.Log(1 + DeterministicMath.Exp(-Math.Abs((double)z[i])));
            }
        }
        return loss / elements;
    }
}
