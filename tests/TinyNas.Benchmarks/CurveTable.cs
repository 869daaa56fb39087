using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>
/// Every NanoNAS network up to k = 8, c = 5 trained for 30 epochs with several seeds, its int8 validation accuracy after each epoch: what
/// strategies are compared on without training. What is done is kept in a journal beside the file, and gone on from.
/// </summary>
internal static class CurveTable
{
    private const int Epochs = 30, MostFilters = 8, MostCells = 5, MnistSamples = 6000;

    public static int Write(string task, string root, int seeds, string path)
    {
        Study study = Study.All.Single(s => s.Name == task);
        DataSet data = DataSetReader.Read(new DataOptions { Path = Path.GetFullPath(Path.Combine(root, study.Data)), Input = study.Input is null ? null : new Shape(50, 50, 3) });
        if (task == "mnist") data = First(data, MnistSamples);
        DataSplit split = Splitter.HoldOut(data, 0.3, 1);
        var feasibility = new FeasibilityCheck(new NanoNasSpace(), data.Shape, data.Labels.Length, Budget.Unlimited, [], "cortex-m4");
        var samples = new SearchData(data, split, Augmentation.Default(data), 1);
        string key = $"{task} {seeds}", work = path + ".work";
        var evaluator = new TrialEvaluator(samples, feasibility, [], Objective.Accuracy, new ManagedTrainer(),
            new TrainingOptions { Epochs = Epochs, Schedule = LearningRateSchedule.Cosine }, 1) { Paused = new PausedTrainings(Path.Combine(work, "paused"), key) };
        using TrialJournal journal = TrialJournal.Open(Path.Combine(work, "trials.journal"), key);

        var entries = new List<string>();
        for (int k = 1; k <= MostFilters; k++)
            for (int c = 0; c <= MostCells; c++)
            {
                Configuration configuration = NanoNasSpace.At(k, c);
                if (!feasibility.Fits(configuration)) continue;
                string[] curves = [.. Enumerable.Range(0, seeds).Select(seed => Curve(configuration, seed))];
                entries.Add($"{{\"config\":{{\"k\":{k},\"c\":{c}}},\"curves\":[{string.Join(",\n  ", curves)}]}}");
                Console.WriteLine(configuration);
            }
        File.WriteAllText(path, $$"""
            {"space":"nanonas","input":[{{data.Shape.Height}},{{data.Shape.Width}},{{data.Shape.Channels}}],"classes":{{data.Labels.Length}},"results":[
            {{string.Join(",\n", entries)}}]}

            """, new UTF8Encoding(false));
        return 0;

        string Curve(Configuration configuration, int seed) => "[" + string.Join(',', Enumerable.Range(1, Epochs).Select(epoch =>
        {
            var proposal = new Proposal(configuration, epoch == Epochs ? Fidelity.Full : new Fidelity { Epochs = epoch }, seed);
            if (!journal.TryGet(proposal, out TrialResult? result)) journal.Append(result = evaluator.Evaluate(proposal, default));
            return Math.Round(Math.Max(0, result.Score), 4).ToString(CultureInfo.InvariantCulture);
        })) + "]";
    }

    private static DataSet First(DataSet data, int count) => new()
    {
        Shape = data.Shape, ElementType = data.ElementType, Bytes = data.Bytes[..(count * data.Shape.Count)], Targets = data.Targets[..count],
        Labels = data.Labels, ContentHash = $"first {count} of {data.ContentHash}",
    };
}
