using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The arena over time: steps to the right, bytes upwards, a box per tensor from the step that writes it to the last that reads it.</summary>
internal static class MemoryMapDrawing
{
    private const int Height = 300, Colours = 6, MostLabels = 12;

    /// <summary>An SVG element, or nothing for a model without activations.</summary>
    public static string Draw(Graph graph, ExecutionPlan plan)
    {
        if (plan.ArenaBytes == 0) return "";
        var chart = new Chart(Height, "Where each tensor lies in the arena at each step");
        // The last column is the time after the last step, when only the outputs are alive.
        double column = 100.0 / (plan.Steps.Length + 1), scale = (double)Height / plan.ArenaBytes;
        foreach (double tick in Ticks.Of(0, plan.ArenaBytes)) chart.LeftTick(Height - tick * scale, Ticks.Short(tick));
        int every = (plan.Steps.Length + MostLabels - 1) / MostLabels;
        for (int t = 0; t < plan.Steps.Length; t += every) chart.BottomTick((t + 0.5) * column, t.ToString(CultureInfo.InvariantCulture));

        int colour = 0;
        foreach (var place in plan.Tensors.GroupBy(t => (t.Offset, t.First, t.Last)))
        {
            int bytes = place.Max(t => t.Bytes);
            double height = Math.Max(bytes * scale, 2);
            string name = string.Join(" = ", place.Select(t => TensorName.Short(graph.Tensors[t.Tensor].Name)));
            chart.Box(FormattableString.Invariant($"c{colour++ % Colours}"), place.Key.First * column, Height - place.Key.Offset * scale - height,
                (place.Key.Last - place.Key.First + 1) * column, height, name,
                FormattableString.Invariant($"{name}: {bytes:#,0} bytes at {place.Key.Offset:#,0}, {Steps(plan, place.Key.First, place.Key.Last)}"));
        }
        return chart.Close();
    }

    private static string Steps(ExecutionPlan plan, int first, int last) =>
        last == plan.Steps.Length ? FormattableString.Invariant($"from step {first} to the end")
        : first == last ? FormattableString.Invariant($"step {first}")
        : FormattableString.Invariant($"steps {first} to {last}");
}
