using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Refuses models whose inference takes longer than anybody waits for: every emission interprets its model, and a damaged or hostile
/// file may ask for years. The bound is some ten seconds of a desktop, hours of a microcontroller.
/// </summary>
internal static class WorkLimit
{
    /// <summary>Products and comparisons of one inference.</summary>
    public const long Most = 1L << 33;

    /// <exception cref="TinyNasException">TNAS0302: names the operator.</exception>
    public static void Check(Graph graph, IEnumerable<EmissionStep> steps)
    {
        double total = 0;
        foreach (PreparedOperator op in steps.SelectMany(s => s.Operators))
        {
            total += Work(graph, op);
            new OperatorContext(graph, op.Operator).Require(total <= Most, $"up to it one inference takes more than {Most} steps, which no microcontroller has the time for");
        }
    }

    /// <summary>At least one for each element of an output.</summary>
    private static double Work(Graph graph, PreparedOperator op)
    {
        double outputs = op.Operator.Outputs.Sum(o => (double)graph.Tensors[o].Count);
        return outputs * op switch
        {
            PreparedConv2D p => Taps(p.Window) * p.InputChannels / p.Groups,
            PreparedDepthwiseConv2D p => Taps(p.Window),
            PreparedTransposeConv p => Taps(p.Window) * p.InputChannels,
            PreparedPool2D p => Math.Min((double)p.Window.FilterHeight, p.Window.InputHeight) * Math.Min(p.Window.FilterWidth, p.Window.InputWidth),
            PreparedFullyConnected p => p.Depth,
            PreparedMean p => p.Count,
            PreparedArgExtremum p => p.Count,
            PreparedLstm p => 4.0 * (p.Inputs + p.Units),
            PreparedSvdf p => (double)p.Rank * (p.Inputs + p.Memory),
            _ => 1,
        };
    }

    private static double Taps(Window2D window) => (double)window.FilterHeight * window.FilterWidth;
}
