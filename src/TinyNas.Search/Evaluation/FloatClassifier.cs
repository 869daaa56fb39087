using TinyNas.Data;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>Classifies samples with the network before quantisation: what int8 is compared with in the report, never a score.</summary>
internal static class FloatClassifier
{
    public static ConfusionMatrix Evaluate(TrainedNetwork trained, ISampleSource samples, CancellationToken cancellation)
    {
        var network = new FloatNetwork(trained);
        var sample = new float[samples.Shape.Count];
        var scores = new float[samples.Classes];
        var counts = new int[samples.Classes * samples.Classes];
        for (int i = 0; i < samples.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            samples.Read(i, 0, sample);
            network.Infer(sample, scores);
            counts[samples.Target(i) * samples.Classes + IntegerClassifier.LargestOf<float>(scores)]++;
        }
        return ConfusionMatrix.Of(samples.Classes, [counts]);
    }
}
