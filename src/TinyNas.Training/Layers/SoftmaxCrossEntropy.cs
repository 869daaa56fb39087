using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Mean over the batch of -log softmax(logits)[target]; the gradient is softmax minus one-hot, over the batch size. In
/// double precision, sample after sample: there are few logits.
/// </summary>
internal sealed unsafe class SoftmaxCrossEntropy(PlanContext plan, FeatureMap logits, FeatureMap gradient) : Loss
{
    private readonly int classes = logits.Shape.Channels;

    public override double Forward(ReadOnlySpan<int> targets)
    {
        double loss = 0, share = 1.0 / targets.Length;
        for (int block = 0; block < plan.Blocks; block++)
            for (int lane = 0; lane < 16; lane++)
                loss += Sample(logits.At(block, 0, 0) + lane, gradient.At(block, 0, 0) + lane, targets[block * 16 + lane], share);
        return loss * share;
    }

    private double Sample(float* z, float* dz, int target, double share)
    {
        double largest = z[0], sum = 0;
        for (int c = 1; c < classes; c++) largest = z[c * 16] > largest ? z[c * 16] : largest;
        for (int c = 0; c < classes; c++)
        {
            double e = DeterministicMath.Exp(z[c * 16] - largest);
            dz[c * 16] = (float)e;
            sum += e;
        }
        for (int c = 0; c < classes; c++)
            dz[c * 16] = (float)((dz[c * 16] / sum - (c == target ? 1 : 0)) * share);
        return DeterministicMath.Log(sum) - (z[target * 16] - largest);
    }
}
