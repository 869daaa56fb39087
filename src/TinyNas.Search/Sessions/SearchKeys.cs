using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Keys of what may be taken up again: SHA-256 over everything that the stored results are a function of. Strategy, limits and
/// workers are not among it: a search with another strategy, or that goes further, goes on from the same trials.
/// </summary>
internal static class SearchKeys
{
    /// <summary>To be raised when the meaning of a trial changes: what is stored then no longer counts.</summary>
    private const int Version = 1;

    /// <summary>What a trial's result is a function of, besides its configuration.</summary>
    public static string Trials(SearchPlan plan, string trainer, int epochs)
    {
        SearchOptions options = plan.Options;
        Budget budget = plan.Budget;
        Augmentation augmentation = plan.Augmentation;
        return Hash(
            Version, trainer, plan.Data.ContentHash, Hash(plan.Split.Train), Hash(plan.Split.Validation),
            budget.Ram, budget.Flash, budget.Macs, budget.Latency, plan.EmitsC, plan.Core,
            options.Space, options.Seed, epochs, options.Optimizer, options.LearningRate, options.BatchSize, options.Objective, string.Join(";", options.Constraints),
            options.Quantisation, options.LabelSmoothing, string.Join(' ', options.ClassWeights.Select(w => w.ToString("R", CultureInfo.InvariantCulture))),
            augmentation.Flip, augmentation.Shift, augmentation.Contrast, augmentation.Scale, augmentation.Jitter,
            augmentation.Rotation, augmentation.Crop, augmentation.CutOut, augmentation.TimeMask, augmentation.FrequencyMask, augmentation.MixUp);
    }

    /// <summary>What the winner's training is a function of.</summary>
    public static string Final(string trialsKey, string winner, int epochs, int? patience) => Hash(trialsKey, winner, epochs, patience);

    private static string Hash(params ReadOnlySpan<object?> parts)
    {
        var text = new StringBuilder();
        foreach (object? part in parts) text.Append(CultureInfo.InvariantCulture, $"{part}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Hash(int[] indices)
    {
        if (BitConverter.IsLittleEndian) return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(indices)));
        throw new PlatformNotSupportedException("Big-endian machines are not supported.");
    }
}
