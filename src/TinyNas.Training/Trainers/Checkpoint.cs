using System.Security.Cryptography;
using System.Text;

namespace TinyNas.Training;

/// <summary>
/// A paused run: what it is a run of, epochs and steps done, every parameter and moving statistic, and the optimiser's
/// state. All floats as their bits, little-endian.
/// </summary>
internal static unsafe class Checkpoint
{
    private const string Magic = "TinyNas training 2";

    public static void Write(Stream stream, ParameterStore parameters, string identity, int epoch, long step)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(identity);
        writer.Write(epoch);
        writer.Write(step);
        foreach (Region region in parameters.Persistent)
            for (long i = 0; i < region.Floats; i++) writer.Write(region.Pointer[i]);
    }

    /// <exception cref="InvalidDataException">Not a checkpoint, or one of another network, options or data.</exception>
    public static (int Epoch, long Step) Read(Stream stream, ParameterStore parameters, string identity)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Magic) throw new InvalidDataException("Not a training checkpoint.");
            if (reader.ReadString() != identity) throw new InvalidDataException("The checkpoint is of another network, other options or other data.");
            int epoch = reader.ReadInt32();
            long step = reader.ReadInt64();
            foreach (Region region in parameters.Persistent)
                for (long i = 0; i < region.Floats; i++) region.Pointer[i] = reader.ReadSingle();
            return (epoch, step);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The checkpoint is cut short.");
        }
    }

    /// <summary>Hash of what a checkpoint must not be mixed up with.</summary>
    public static string Identity(Network network, TrainingOptions options, int samples)
    {
        var text = new StringBuilder().Append(network.Input).Append('\n');
        foreach (Layer layer in network.Layers) text.Append(layer).Append(' ').AppendJoin(',', layer.Inputs).Append('\n');
        text.Append(options).Append('\n').AppendJoin(',', options.ClassWeights).Append('\n').Append(samples);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
