using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// How well one activation survived: its quantisation, and the power of the float values over that of what int8 adds to
/// them, in decibels (∞ where nothing differs). Rounding of all layers before it is included.
/// </summary>
public sealed record LayerQuantisation(string Name, float Scale, int ZeroPoint, double SignalToNoise);

/// <summary>
/// An int8 graph beside the float network it came from, on samples. <paramref name="Agreement"/> is the share of samples on
/// which both rank the same class first.
/// </summary>
public sealed record QuantisationReport(ImmutableArray<LayerQuantisation> Layers, double Agreement)
{
    /// <summary>Runs both on up to <paramref name="count"/> samples, spread evenly over the source.</summary>
    public static QuantisationReport Measure(TrainedNetwork network, Graph graph, ISampleSource samples, int count = 256, QuantisationOptions? options = null)
    {
        count = Math.Min(count, samples.Count);
        FloatNetwork floats = Quantiser.Prepare(network, options ?? new QuantisationOptions()).Network;
        var integers = new Interpreter(graph);
        int[] tensors = [.. floats.OperatorNames.Select(name => IndexOf(graph, name))];
        var power = new double[tensors.Length];
        var noise = new double[tensors.Length];
        var sample = new float[floats.Input.Count];
        int agreed = 0;
        for (int i = 0; i < count; i++)
        {
            samples.Read((int)((long)i * samples.Count / count), 0, sample);
            floats.Infer(sample);
            Quantise(sample, graph.Input.Quantization!, MemoryMarshal.Cast<byte, sbyte>(integers.Input()));
            integers.Invoke();
            for (int t = 0; t < tensors.Length; t++)
                Compare(floats.Activation(t), Signed(integers, tensors[t]), graph.Tensors[tensors[t]].Quantization!, ref power[t], ref noise[t]);
            if (First(floats.Activation(tensors.Length - 1)) == First(Signed(integers, tensors[^1]))) agreed++;
        }
        return new QuantisationReport([.. tensors.Select((tensor, t) => new LayerQuantisation(graph.Tensors[tensor].Name,
            graph.Tensors[tensor].Quantization!.Scale, graph.Tensors[tensor].Quantization!.ZeroPoint, Decibels(power[t], noise[t])))], (double)agreed / count);
    }

    private static void Quantise(ReadOnlySpan<float> values, Quantization q, Span<sbyte> into)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / q.Scale, MidpointRounding.AwayFromZero) + q.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
    }

    private static void Compare(ReadOnlySpan<float> real, ReadOnlySpan<sbyte> integers, Quantization q, ref double power, ref double noise)
    {
        for (int i = 0; i < real.Length; i++)
        {
            double error = (integers[i] - q.ZeroPoint) * (double)q.Scale - real[i];
            power += (double)real[i] * real[i];
            noise += error * error;
        }
    }

    private static double Decibels(double power, double noise) =>
        noise == 0 ? double.PositiveInfinity : 10 * DeterministicMath.Log(power / noise) / DeterministicMath.Log(10.0);

    private static int First<T>(ReadOnlySpan<T> scores) where T : IComparable<T>
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i].CompareTo(scores[best]) > 0) best = i;
        return best;
    }

    private static ReadOnlySpan<sbyte> Signed(Interpreter interpreter, int tensor) =>
        MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(tensor));

    private static int IndexOf(Graph graph, string name)
    {
        for (int i = 0; i < graph.Tensors.Length; i++)
            if (graph.Tensors[i].Name == name) return i;
        throw new ArgumentException($"The graph has no tensor '{name}': it comes from another network.", nameof(graph));
    }
}
