using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Which channels of a network stand or fall together. Every layer's output channels have a number; numbers that a join adds or
/// multiplies are one, normalisations, pools and depthwise convolutions hand on those they read. What the input, the output or a layer that is
/// not known here holds is fixed.
/// </summary>
internal sealed class ChannelMap
{
    private readonly List<int> parents = [];
    private readonly List<bool> pinned = [];
    private readonly int[][] outputs;
    private readonly int[] input;

    public ChannelMap(Network network)
    {
        Network = network;
        Shapes = network.Shapes();
        input = New(network.Input.Channels);
        Pin(input);
        outputs = new int[Shapes.Length][];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = Follow(network.Layers[i], [.. network.InputsOf(i).Select(Raw)], Shapes[i].Channels);
        if (outputs.Length > 0) Pin(outputs[^1]);
    }

    public Network Network { get; }

    public Shape[] Shapes { get; }

    /// <summary>The channels, by representative, that may be removed, in the order in which layers first give them.</summary>
    public int[] Removable => [.. outputs.SelectMany(o => o).Select(Find).Distinct().Where(g => !pinned[g])];

    /// <summary>Representatives of the channels of value <paramref name="layer"/>, -1 being the network's input.</summary>
    public int[] Of(int layer) => [.. Raw(layer).Select(Find)];

    /// <summary>Whether a layer makes channels of its own from all that it reads, so that its kernel has a row for each.</summary>
    public static bool Produces(Layer layer) => layer is Dense or Conv { Groups: 1 };

    private int[] Raw(int layer) => layer < 0 ? input : outputs[layer];

    private int[] Follow(Layer layer, int[][] inputs, int channels)
    {
        switch (layer)
        {
            case Dense or Conv { Groups: 1 }: return New(channels);
            // One group per input channel: its filters go with it.
            case Conv conv when conv.Groups == inputs[0].Length: return [.. Enumerable.Range(0, channels).Select(f => inputs[0][f / (channels / conv.Groups)])];
            case BatchNorm or Activation or MaxPool or AveragePool or GlobalAveragePool or Dropout or Pad or Upsample when inputs.Length == 1: return inputs[0];
            case Add or Multiply when inputs.All(other => other.Length == channels):
                foreach (int[] other in inputs)
                    for (int c = 0; c < channels; c++) Join(inputs[0][c], other[c]);
                return inputs[0];
            case Concatenate: return [.. inputs.SelectMany(i => i)];
            default:
                foreach (int[] read in inputs) Pin(read);
                int[] made = New(channels);
                Pin(made);
                return made;
        }
    }

    private int[] New(int count)
    {
        int first = parents.Count;
        for (int i = 0; i < count; i++)
        {
            parents.Add(first + i);
            pinned.Add(false);
        }
        return [.. Enumerable.Range(first, count)];
    }

    private int Find(int channel)
    {
        while (parents[channel] != channel) channel = parents[channel];
        return channel;
    }

    private void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        // The earlier stays: the order of removable channels is that of the layers.
        (int kept, int gone) = (Math.Min(a, b), Math.Max(a, b));
        parents[gone] = kept;
        pinned[kept] |= pinned[gone];
    }

    private void Pin(int[] channels)
    {
        foreach (int channel in channels) pinned[Find(channel)] = true;
    }
}
