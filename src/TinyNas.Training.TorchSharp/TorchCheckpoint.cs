using System.Text;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>A paused run, like the managed trainer's, in torch's own order: one trainer does not go on from the other's.</summary>
internal static class TorchCheckpoint
{
    private const string Magic = "TinyNas training with TorchSharp 1";

    public static void Write(Stream stream, IEnumerable<Tensor> tensors, string identity, int epoch, long step)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(identity);
        writer.Write(epoch);
        writer.Write(step);
        foreach (Tensor tensor in tensors)
            foreach (float value in tensor.ToFloats()) writer.Write(value);
    }

    /// <exception cref="InvalidDataException">Not a checkpoint, or one of another network, options or data.</exception>
    public static (int Epoch, long Step) Read(Stream stream, IEnumerable<Tensor> tensors, string identity)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Magic) throw new InvalidDataException("Not a checkpoint of a training with TorchSharp.");
            if (reader.ReadString() != identity) throw new InvalidDataException("The checkpoint is of another network, other options or other data.");
            int epoch = reader.ReadInt32();
            long step = reader.ReadInt64();
            foreach (Tensor tensor in tensors)
            {
                var values = new float[tensor.NumberOfElements];
                for (int i = 0; i < values.Length; i++) values[i] = reader.ReadSingle();
                tensor.Fill(values);
            }
            return (epoch, step);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The checkpoint is cut short.");
        }
    }
}
