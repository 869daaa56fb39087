#nullable enable

using System;
using System.Numerics;

namespace TinyNas.Runtime;

/// <summary>Units of Rank filters each; a filter sees Inputs features, and then the last Memory of its own results.</summary>
internal readonly record struct SvdfParameters(
    int Inputs, int Units, int Rank, int Memory, int InputZeroPoint, int StateZeroPoint, int FeatureMultiplier, int FeatureShift,
    int Multiplier, int Shift, Requantizer Requantizer);

/// <summary>
/// SVDF on int8 with state and time weights of int8 or int16: every filter's state [Memory] moves on by one, its new result
/// comes last, and a unit is the sum over its filters of state times time weights.
/// </summary>
internal static class Svdf
{
    /// <param name="features">[Units * Rank, Inputs]</param>
    /// <param name="time">[Units * Rank, Memory]</param>
    /// <param name="bias">One per unit, or empty.</param>
    public static void Run<T>(
        in SvdfParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> features, ReadOnlySpan<T> time, ReadOnlySpan<int> bias,
        Span<T> state, Span<sbyte> output)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        unchecked
        {
            int least = int.CreateTruncating(T.MinValue), most = int.CreateTruncating(T.MaxValue), filter = 0;
            for (int u = 0; u < p.Units; u++)
            {
                int total = bias.IsEmpty ? 0 : bias[u];
                for (int r = 0; r < p.Rank; r++, filter++)
                {
                    ReadOnlySpan<sbyte> weights = features.Slice(filter * p.Inputs, p.Inputs);
                    Span<T> memory = state.Slice(filter * p.Memory, p.Memory);
                    int sum = 0;
                    for (int i = 0; i < weights.Length; i++) sum += weights[i] * (input[i] - p.InputZeroPoint);
                    int feature = FixedPoint.MultiplyByQuantizedMultiplier(sum, p.FeatureMultiplier, p.FeatureShift);
                    memory.Slice(1).CopyTo(memory);
                    // The zero point is added after the clamp, and may wrap.
                    memory[memory.Length - 1] = T.CreateTruncating(Math.Max(least, Math.Min(most, feature)) + p.StateZeroPoint);
                    ReadOnlySpan<T> steps = time.Slice(filter * p.Memory, p.Memory);
                    for (int i = 0; i < steps.Length; i++)
                        total += int.CreateTruncating(steps[i]) * (int.CreateTruncating(memory[i]) - p.StateZeroPoint);
                }
                output[u] = p.Requantizer.Apply(total, p.Multiplier, p.Shift);
            }
        }
    }
}
