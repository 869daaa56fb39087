using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>What 30 % of the channels cost and save: int8 test accuracy, MACs, arena and weights before and after, as a build would prune.</summary>
internal static class PruningStudy
{
    private const double Share = 0.3, MostLost = 0.01;

    public static int Print(string name, PruningMethod method, string root, int seeds, double length)
    {
        StudyData study = StudyData.Load(name, root);
        var lost = new List<double>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            SearchData data = study.Split(seed);
            TrainingOptions options = study.Options(seed) with { Epochs = Math.Max(4, (int)(study.Epochs * length)) };
            IntegerSamples test = study.Integers(data.Encoding);
            FinalResult Final(PruningPlan? prune) =>
                new FinalTraining(data, new ManagedTrainer(), options) { Prune = prune, Workers = Environment.ProcessorCount }.Run(study.Network, out _, default)!;
            FinalResult whole = Final(null), pruned = Final(new PruningPlan(Share, method));
            double before = IntegerClassifier.Evaluate(whole.Graph, test, Environment.ProcessorCount).Accuracy;
            double after = IntegerClassifier.Evaluate(pruned.Graph, test, Environment.ProcessorCount).Accuracy;
            lost.Add(before - after);
            Console.WriteLine(FormattableString.Invariant(
                $"{name}, seed {seed}: {pruned.Channels!.Value.Removed} of {pruned.Channels.Value.Before} channels removed by {method}; int8 test accuracy {before:0.0000} -> {after:0.0000}"));
            Console.WriteLine($"  before: {Cost(whole.Graph)}\n  after:  {Cost(pruned.Graph)}");
        }
        bool passed = lost.Average() < MostLost;
        Console.WriteLine(FormattableString.Invariant($"{name}: {100 * lost.Average():+0.00;-0.00} points lost, mean of {seeds} seed(s): {(passed ? "passed" : "FAILED")}"));
        return passed ? 0 : 1;
    }

    private static string Cost(Graph graph)
    {
        ResourceEstimate e = ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4");
        return FormattableString.Invariant($"{e.Macs:N0} MACs, RAM {e.RamC:N0} bytes, TFLM arena {e.RamTflm:N0}, constants {e.ConstantBytes:N0}");
    }
}
