using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Cross-entropy with the targets and, softened, with a teacher's scores; see <see cref="Teacher"/>. In double precision, sample after sample.</summary>
internal sealed unsafe class DistillationLoss(
    PlanContext plan, SoftmaxCrossEntropy hard, FeatureMap taught, FeatureMap logits, FeatureMap gradient, Teacher teacher) : Loss
{
    private readonly int classes = logits.Shape.Channels;
    private readonly double[] wanted = new double[logits.Shape.Channels], given = new double[logits.Shape.Channels];

    public override double Forward(ReadOnlySpan<int> targets)
    {
        hard.Mixture = Mixture;
        double loss = (1 - teacher.Share) * hard.Forward(targets), share = 1.0 / targets.Length, soft = 0;
        for (int block = 0; block < plan.Blocks; block++)
            for (int lane = 0; lane < 16; lane++)
                soft += Sample(taught.At(block, 0, 0) + lane, logits.At(block, 0, 0) + lane, gradient.At(block, 0, 0) + lane, share);
        return loss + soft * share;
    }

    /// <summary>d(T² KL)/dz = T (student − teacher).</summary>
    private double Sample(float* t, float* z, float* dz, double share)
    {
        Soften(t, wanted);
        Soften(z, given);
        double divergence = 0, weight = teacher.Share * teacher.Temperature;
        for (int c = 0; c < classes; c++)
        {
            if (wanted[c] > 0) divergence += wanted[c] * DeterministicMath.Log(wanted[c] / given[c]);
            dz[c * 16] = (float)((1 - teacher.Share) * dz[c * 16] + weight * share * (given[c] - wanted[c]));
        }
        return weight * teacher.Temperature * divergence;
    }

    private void Soften(float* scores, double[] probabilities)
    {
        double largest = scores[0], sum = 0;
        for (int c = 1; c < classes; c++) largest = Math.Max(largest, scores[c * 16]);
        for (int c = 0; c < classes; c++) sum += probabilities[c] = DeterministicMath.Exp((scores[c * 16] - largest) / teacher.Temperature);
        // Nothing is quite impossible: a logarithm of zero would be no number.
        for (int c = 0; c < classes; c++) probabilities[c] = Math.Max(probabilities[c] / sum, 1e-30);
    }
}
