using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Which stages share a quantisation. Pools and zeros have that of what they read. A concatenation moves bytes, so its parts
/// have its own: where it alone reads a part, the part is computed at that scale at once, which loses nothing and costs nothing.
/// </summary>
internal static class ScaleOwners
{
    /// <summary>For each stage the one whose quantisation it has; -1 is the network's input.</summary>
    public static ImmutableArray<int> Of(IReadOnlyList<InferenceStage> stages)
    {
        var owners = new int[stages.Count];
        var readers = new int[stages.Count];
        // The concatenation that a stage feeds, by itself or through stages that keep scales, and that alone reads it.
        var joins = new int?[stages.Count];
        foreach (int input in stages.SelectMany(s => s.Inputs).Where(i => i >= 0)) readers[input]++;
        for (int i = stages.Count - 1; i >= 0; i--)
        {
            int? join = stages[i] is ConcatenateStage ? joins[i] ?? i : stages[i].KeepsScale ? joins[i] : null;
            foreach (int input in stages[i].Inputs)
                if (input >= 0 && readers[input] == 1) joins[input] = join;
        }
        for (int i = 0; i < owners.Length; i++)
            owners[i] = stages[i].KeepsScale ? (stages[i].Input < 0 ? -1 : owners[stages[i].Input])
                : ChoosesScale(stages[i]) ? joins[i] ?? i
                : i;
        return [.. owners];
    }

    /// <summary>Whether a stage can compute at a scale that another one needs. TRANSPOSE_CONV knows no activation: its ReLU is the end of its own range.</summary>
    public static bool ChoosesScale(InferenceStage stage) =>
        stage.FixedQuantization is null && stage is not LinearStage { Transposed: true, Activation: not FusedActivation.None };
}
