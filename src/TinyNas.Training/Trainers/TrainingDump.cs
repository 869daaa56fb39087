using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// One step's numbers as files, for comparison with other implementations: <c>step.json</c> (layers with all their properties, loss),
/// <c>input.bin</c> (float32, sample × height × width × channels), <c>targets.bin</c> (int32), <c>I.output.bin</c> like the input for each layer that leaves
/// its output in memory, <c>I.NAME.bin</c> and <c>I.NAME.gradient.bin</c> for each parameter of layer I.
/// </summary>
public static class TrainingDump
{
    /// <summary>One block of samples: then all activations can be seen.</summary>
    private const int Batch = 16;

    public static void Write(Network network, LossKind loss, string folder)
    {
        Directory.CreateDirectory(folder);
        using var plan = new TrainingPlan(network, new TrainingOptions { BatchSize = Batch, Seed = 1, Loss = loss }, KernelSet.Best);
        plan.Commit();
        int[] targets = TrainingBenchmark.FillWithNoise(plan, network);
        Disturb(plan);
        Save(Path.Combine(folder, "input.bin"), Samples(plan.Input));
        Save<int>(Path.Combine(folder, "targets.bin"), targets);
        plan.Forward(0, (layer, map) => Save(Path.Combine(folder, Invariant($"{layer}.output.bin")), Samples(map)));
        double value = plan.ForwardBackward(targets, 0);
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained))
        {
            Save<float>(Path.Combine(folder, Invariant($"{parameter.Layer}.{parameter.Name}.bin")), parameter.Span);
            Save<float>(Path.Combine(folder, Invariant($"{parameter.Layer}.{parameter.Name}.gradient.bin")), parameter.GradientSpan);
        }
        var step = new JsonObject
        {
            ["batch"] = Batch, ["loss"] = loss.ToString(), ["value"] = value,
            ["input"] = new JsonArray(network.Input.Height, network.Input.Width, network.Input.Channels),
            ["layers"] = new JsonArray([.. network.Layers.Select((layer, i) => Describe(layer, network.InputsOf(i)))]),
        };
        File.WriteAllText(Path.Combine(folder, "step.json"), step.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static JsonObject Describe(Layer layer, IEnumerable<int> inputs)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(layer, layer.GetType())!;
        json["Type"] = layer.GetType().Name;
        json["Inputs"] = new JsonArray([.. inputs.Select(i => JsonValue.Create(i))]);
        return json;
    }

    /// <summary>Biases, gammas and betas away from zero and one.</summary>
    private static void Disturb(TrainingPlan plan)
    {
        RandomStream stream = RandomStream.Create(11);
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained && p.Name != "kernel"))
            foreach (ref float value in parameter.Span) value += (float)(stream.NextNormal() * 0.2);
    }

    /// <summary>From 16 samples in the lanes to one after the other.</summary>
    private static float[] Samples(FeatureMap map)
    {
        Shape shape = map.Shape;
        var values = new float[Batch * shape.Count];
        for (int i = 0; i < shape.Count; i++)
        {
            Span<float> pixel = map.Pixel(0, i / shape.Channels / shape.Width, i / shape.Channels % shape.Width);
            for (int n = 0; n < Batch; n++) values[n * shape.Count + i] = pixel[i % shape.Channels * 16 + n];
        }
        return values;
    }

    private static void Save<T>(string path, ReadOnlySpan<T> values) where T : unmanaged => File.WriteAllBytes(path, MemoryMarshal.AsBytes(values).ToArray());

    private static void Save(string path, float[] values) => Save<float>(path, values);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
