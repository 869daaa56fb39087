using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Mean over the batch of -Σ q log softmax(logits), q being the target's one-hot or, smoothed, (1 - s) one-hot + s / classes; a
/// sample counts with its class's weight. The gradient is softmax minus q, by weight over the batch size. In double precision,
/// sample after sample: there are few logits.
/// </summary>
internal sealed unsafe class SoftmaxCrossEntropy(PlanContext plan, FeatureMap logits, FeatureMap gradient, TrainingOptions options) : Loss
{
    private readonly int classes = logits.Shape.Channels;
    private readonly double smoothing = options.LabelSmoothing;
    private readonly double[] weights = [.. options.ClassWeights];

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
        double weight = weights.Length > 0 ? weights[target] : 1, spread = smoothing / classes, mean = 0;
        for (int c = 0; c < classes; c++)
        {
            mean += (z[c * 16] - largest) / classes;
            dz[c * 16] = (float)((dz[c * 16] / sum - spread - (c == target ? 1 - smoothing : 0)) * (share * weight));
        }
        double fit = z[target * 16] - largest;
        return weight * (DeterministicMath.Log(sum) - (smoothing > 0 ? (1 - smoothing) * fit + smoothing * mean : fit));
    }
}
