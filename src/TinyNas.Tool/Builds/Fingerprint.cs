using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TinyNas.Tool.Requests;
using TinyNas.Training;

namespace TinyNas.Tool.Builds;

/// <summary>
/// Everything a search's result depends on, by name: what the key is the hash of, and what the lock keeps so that a
/// stale lock can say what differs. What only emission reads (namespace, templates) and what must not matter (workers,
/// paths, package version) is not here.
/// </summary>
internal static class Fingerprint
{
    /// <summary>To be raised when the same inputs give other weights than before.</summary>
    private const int Algorithms = 1;

    public static ImmutableSortedDictionary<string, string> Of(ModelRequest request, string? dataHash, string? testHash)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        void Add(string name, IFormattable? value) => inputs[name] = value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
        Add("Algorithms", Algorithms);
        inputs["Data"] = dataHash ?? "";
        inputs["TestData"] = testHash ?? "";
        Add("Ram", request.Budget.Ram);
        Add("Flash", request.Budget.Flash);
        Add("Macs", request.Budget.Macs);
        inputs["Core"] = request.Core;
        // RAM binds what is emitted: with TFLM alone it is the interpreter's arena.
        inputs["Runtime"] = string.Join(';', request.Runtimes.Select(r => r.ToString()).Order(StringComparer.Ordinal));
        inputs["Input"] = request.Data?.Input?.ToString() ?? "";
        Add("Window", request.Data?.Window);
        Add("Stride", request.Data?.Stride);
        inputs["Label"] = request.Data?.Label ?? "";
        inputs["Group"] = request.Data?.Group ?? "";
        Add("ValidationSplit", request.ValidationSplit);
        inputs["Space"] = request.Space;
        inputs["Strategy"] = request.Strategy;
        Add("Trials", request.Trials);
        Add("TimeLimit", request.TimeLimit);
        Add("Epochs", request.Epochs);
        inputs["FinalEpochs"] = request.FinalEpochs?.ToString() ?? "";
        Add("Seed", request.Seed);
        Add("BatchSize", request.BatchSize);
        inputs["LearningRate"] = request.LearningRate?.ToString() ?? "";
        inputs["Optimizer"] = request.Optimizer?.ToString() ?? "";
        inputs["Augment"] = request.Augment ?? "";
        // Locks from before there was a choice stay good. The device is not here: who has the lock need not have the GPU.
        if (request.Trainer != Trainers.TrainerLoader.Managed) inputs["Trainer"] = request.Trainer;
        // Settings that came later are here only where they are given: what was locked before they existed stays valid.
        if (request.LabelSmoothing > 0) Add("LabelSmoothing", request.LabelSmoothing);
        if (request.ClassWeights is { } weights) inputs["ClassWeights"] = weights;
        if (request.Quantisation is { } quantisation && quantisation.ToString() != new QuantisationOptions().ToString()) inputs["Quantisation"] = quantisation.ToString();
        if (request.Teacher is { } teacher) inputs["Teacher"] = teacher.ToString();
        if (request.Prune is { } prune) inputs["Prune"] = prune.ToString();
        if (request.Objective is { } objective) inputs["Objective"] = objective.ToString();
        if (!request.Constraints.IsEmpty) inputs["Constraints"] = string.Join("; ", request.Constraints);
        return inputs.ToImmutable();
    }

    /// <summary>SHA-256 of the inputs, lower-case hex.</summary>
    public static string Key(ImmutableSortedDictionary<string, string> inputs) => Hash(Encoding.UTF8.GetBytes(
        string.Concat(inputs.Select(i => $"{i.Key}={i.Value}\n"))));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
