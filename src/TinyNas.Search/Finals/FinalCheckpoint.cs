using System.Collections.Immutable;
using System.Text;
using TinyNas.Data;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// The state of a final training in one file, replaced whole after each epoch: a magic text, the key of what is
/// trained, the best epoch with its weights, then the trainer's own state. A file of another key or cut short is not used.
/// </summary>
public sealed class FinalCheckpoint(string path, string key)
{
    private const string Magic = "tinynas-final-1";

    public void Write(ITrainingRun run, KeptEpoch? best)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(key);
            WriteBest(writer, best);
            writer.Flush();
            run.Save(file);
        }
        // A rename is whole or not at all: a process that ends here leaves either the old state or the new one.
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Goes on from the file, or returns null where there is none that belongs here.</summary>
    public ITrainingRun? TryResume(ITrainer trainer, Network network, TrainingOptions options, ISampleSource samples, out KeptEpoch? best)
    {
        best = null;
        if (!File.Exists(path)) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadString() != Magic || reader.ReadString() != key) return null;
            best = ReadBest(reader, network);
            return trainer.Resume(network, options, samples, file);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            best = null;
            return null;
        }
    }

    public void Delete() => File.Delete(path);

    private static void WriteBest(BinaryWriter writer, KeptEpoch? best)
    {
        writer.Write(best is not null);
        if (best is null) return;
        writer.Write(best.Epoch);
        writer.Write(best.Accuracy);
        foreach (var parameters in best.Trained.Parameters)
        {
            writer.Write(parameters.Count);
            foreach (var (name, values) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                writer.Write(name);
                writer.Write(values.Length);
                foreach (float value in values) writer.Write(value);
            }
        }
    }

    private static KeptEpoch? ReadBest(BinaryReader reader, Network network)
    {
        if (!reader.ReadBoolean()) return null;
        int epoch = reader.ReadInt32();
        double accuracy = reader.ReadDouble();
        var parameters = network.Layers.Select(_ => Enumerable.Range(0, reader.ReadInt32())
            .Select(_ => (Name: reader.ReadString(), Values: ReadFloats(reader)))
            .ToImmutableDictionary(p => p.Name, p => p.Values)).ToImmutableArray();
        return new KeptEpoch(epoch, accuracy, new TrainedNetwork(network, parameters));
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadSingle();
        return values;
    }
}
