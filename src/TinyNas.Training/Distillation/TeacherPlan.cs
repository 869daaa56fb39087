using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// The setting Teacher: how many times as wide as the winner a network is that is trained first and then taught from, as in "3" or
/// "2.5, temperature=2, share=0.7".
/// </summary>
public sealed record TeacherPlan(double Width, double Share = 0.5, double Temperature = 4)
{
    private const string Known = "a width above 1 and up to 16 is expected, then any of temperature=, share=";

    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static TeacherPlan Parse(string text)
    {
        var parts = new SettingParts("Teacher", text, Known);
        if (!double.TryParse(parts.Head, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double width) || !(width > 1 && width <= 16)) throw parts.Malformed(Known);
        var plan = new TeacherPlan(width, parts.Number("share", 0, 1) ?? 0.5, parts.Number("temperature", 0, 100) ?? 4);
        parts.RefuseRest();
        return plan;
    }

    /// <summary>Invariant, part of keys.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width:R},{Share:R},{Temperature:R}");

    /// <summary>The network with its layers <see cref="Width"/> times as wide, all but the last.</summary>
    public Network Widen(Network network)
    {
        var layers = network.Layers.ToBuilder();
        Shape[] before = network.Shapes();
        int Wider(int channels) => Math.Max(1, (int)Math.Round(channels * Width, MidpointRounding.AwayFromZero));
        for (int i = 0; i < layers.Count; i++)
        {
            int from = network.InputsOf(i)[0];
            Shape[] sofar = new Network(network.Input, [.. layers.Take(i)]).Shapes();
            int read = from < 0 ? network.Input.Channels : sofar[from].Channels, was = from < 0 ? network.Input.Channels : before[from].Channels;
            bool last = i == layers.Count - 1;
            layers[i] = layers[i] switch
            {
                Conv { Groups: 1 } conv when !last => conv with { Filters = Wider(conv.Filters) },
                // A group per channel stays that, with as many filters each.
                Conv { Groups: > 1 } conv when conv.Groups == was => conv with { Groups = read, Filters = read * (conv.Filters / conv.Groups) },
                Dense dense when !last => dense with { Units = Wider(dense.Units) },
                Layer other => other,
            };
        }
        return network with { Layers = layers.ToImmutable() };
    }
}
