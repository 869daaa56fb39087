using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Mean over the batch of -Σ q log softmax(logits), q being the target's one-hot (mixed, those of both targets by their shares) or, smoothed, (1 - s) one-hot + s / classes; a
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
                loss += Sample(logits.At(block, 0, 0) + lane, gradient.At(block, 0, 0) + lane, targets[block * 16 + lane], block * 16 + lane, share);
        return loss * share;
    }

    private double Sample(float* z, float* dz, int target, int sample, double share)
    {
        double largest = z[0], sum = 0;
        for (int c = 1; c < classes; c++) largest = z[c * 16] > largest ? z[c * 16] : largest;
        for (int c = 0; c < classes; c++)
        {
            double e = DeterministicMath.Exp(z[c * 16] - largest);
            dz[c * 16] = (float)e;
            sum += e;
        }
        int second = Mixture?.Targets[sample] ?? target;
        double mixed = Mixture?.Shares[sample] ?? 0, spread = smoothing / classes, mean = 0;
        double first = WeightOf(target) * (1 - mixed), other = WeightOf(second) * mixed, weight = first + other;
        for (int c = 0; c < classes; c++)
        {
            mean += (z[c * 16] - largest) / classes;
            double wanted = (1 - smoothing) * ((c == target ? first : 0) + (c == second ? other : 0));
            dz[c * 16] = (float)((weight * (dz[c * 16] / sum - spread) - wanted) * share);
        }
        double fit = (z[target * 16] - largest) * first + (z[second * 16] - largest) * other;
        return weight * DeterministicMath.Log(sum) - (smoothing > 0 ? (1 - smoothing) * fit + smoothing * weight * mean : fit);
    }

    private double WeightOf(int target) => weights.Length > 0 ? weights[target] : 1;
}
