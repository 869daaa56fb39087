using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Structured pruning with learned thresholds (Fedorov et al. 2020): channel g takes part where its filter's norm n_g is above the threshold
/// τ of its layer, r_g = 1[n_g > τ]. The forward pass computes with r_g·w_g; the indicator's derivative is that of a sigmoid; the
/// loss has λ Σ r_g added. λ grows while too many channels are left and falls when enough are gone, so a share is given and no λ.
/// </summary>
/// <remarks>Norms are root mean squares in units of the layer's mean at the start, so that one slope and one step suit every layer.</remarks>
internal sealed unsafe class LearnedThresholds : IWeightTransform
{
    private const double Slope = 0.1, ThresholdRate = 0.02, FirstPressure = 1e-4, Rise = 1.02, Fall = 0.9;

    private readonly ChannelMap map;
    private readonly int wanted;
    private readonly int[] channels;

    /// <summary>Per channel: pieces of parameters that are zero when it is off, kernel rows first; and the layer whose threshold it has.</summary>
    private readonly (Parameter Parameter, int Start, int Length)[][] pieces;
    private readonly int[] layers;
    private readonly double[] thresholds, units, norms;
    private readonly float[][] kept;
    private double pressure = FirstPressure;

    public LearnedThresholds(ChannelMap map, ParameterStore parameters, int wanted)
    {
        (this.map, this.wanted) = (map, wanted);
        channels = map.Removable;
        pieces = new (Parameter, int, int)[channels.Length][];
        layers = new int[channels.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            pieces[i] = [.. parameters.All.Where(p => p.Trained).OrderBy(p => p.Name == "kernel" ? 0 : 1).ThenBy(p => p.Layer).SelectMany(p => PiecesOf(p, channels[i]))];
            layers[i] = pieces[i][0].Parameter.Layer;
        }
        norms = new double[channels.Length];
        thresholds = new double[map.Shapes.Length];
        units = new double[map.Shapes.Length];
        kept = [.. pieces.Select(p => new float[p.Sum(piece => piece.Length)])];
    }

    /// <summary>How far each channel is above its threshold: what the selection takes as a score.</summary>
    public Dictionary<int, double> Scores() => Enumerable.Range(0, channels.Length).ToDictionary(i => channels[i], i => norms[i] - thresholds[layers[i]]);

    public void Apply(ParameterStore parameters)
    {
        for (int i = 0; i < channels.Length; i++) norms[i] = Norm(i);
        if (units.All(u => u == 0)) MeasureUnits();
        int on = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            norms[i] /= units[layers[i]];
            bool stays = norms[i] > thresholds[layers[i]];
            if (stays) on++;
            int at = 0;
            foreach (var (parameter, start, length) in pieces[i])
            {
                Span<float> values = parameter.Span.Slice(start, length);
                values.CopyTo(kept[i].AsSpan(at, length));
                if (!stays) values.Clear();
                at += length;
            }
        }
        pressure *= channels.Length - on < wanted ? Rise : Fall;
    }

    public void Return(ParameterStore parameters, double rate)
    {
        var steps = new double[thresholds.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            double above = (norms[i] - thresholds[layers[i]]) / Slope, gate = DeterministicMath.Sigmoid(above), slope = gate * (1 - gate) / Slope;
            bool stays = above > 0;
            double product = 0;
            int at = 0;
            foreach (var (parameter, start, length) in pieces[i])
                for (int j = 0; j < length; j++, at++)
                {
                    product += (double)parameter.Gradients[start + j] * kept[i][at];
                    if (!stays) parameter.Gradients[start + j] = 0;
                }
            double towardsOff = slope * (product + pressure);
            steps[layers[i]] += towardsOff;
            AddNormGradient(i, towardsOff);
            Restore(i);
        }
        for (int l = 0; l < steps.Length; l++) thresholds[l] = Math.Max(0, thresholds[l] + ThresholdRate * Math.Clamp(steps[l], -1, 1));
    }

    /// <summary>d norm / d w = w / (norm × count), in the layer's unit, for kernel rows; those come first.</summary>
    private void AddNormGradient(int channel, double factor)
    {
        int count = pieces[channel].Where(p => p.Parameter.Name == "kernel").Sum(p => p.Length), at = 0;
        double unit = units[layers[channel]], norm = norms[channel] * unit;
        if (norm == 0) return;
        foreach (var (parameter, start, length) in pieces[channel])
        {
            if (parameter.Name != "kernel") break;
            for (int j = 0; j < length; j++, at++) parameter.Gradients[start + j] += (float)(factor * kept[channel][at] / (norm * count * unit));
        }
    }

    private void Restore(int channel)
    {
        int at = 0;
        foreach (var (parameter, start, length) in pieces[channel])
        {
            kept[channel].AsSpan(at, length).CopyTo(parameter.Span.Slice(start, length));
            at += length;
        }
    }

    private double Norm(int channel)
    {
        double sum = 0;
        int count = 0;
        foreach (var (parameter, start, length) in pieces[channel])
        {
            if (parameter.Name != "kernel") break;
            for (int j = 0; j < length; j++) sum += (double)parameter.Values[start + j] * parameter.Values[start + j];
            count += length;
        }
        return count == 0 ? 0 : Math.Sqrt(sum / count);
    }

    private void MeasureUnits()
    {
        for (int l = 0; l < units.Length; l++)
        {
            double[] own = [.. Enumerable.Range(0, channels.Length).Where(i => layers[i] == l).Select(i => norms[i])];
            units[l] = own.Length > 0 && own.Average() > 0 ? own.Average() : 1;
        }
    }

    private IEnumerable<(Parameter, int, int)> PiecesOf(Parameter parameter, int channel)
    {
        int[] outputs = map.Of(parameter.Layer);
        int length = parameter.Count / outputs.Length;
        for (int c = 0; c < outputs.Length; c++)
            if (outputs[c] == channel) yield return (parameter, c * length, length);
    }
}
