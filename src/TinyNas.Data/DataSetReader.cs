using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Reads data sets of any known kind, whole, into memory. The same files give the same bytes on every machine.</summary>
public static class DataSetReader
{
    /// <summary>In the order they are asked: the first that knows the path reads it.</summary>
    private static readonly ImmutableArray<IDataReader> Readers =
        [new NpzReader(), new IdxReader(), new ImageFolderReader(), new RecordingReader()];

    /// <summary>Reads training data.</summary>
    /// <exception cref="TinyNasException">TNAS0002 (a setting), TNAS0101 to TNAS0105 and TNAS0109 (the data).</exception>
    public static DataSet Read(DataOptions options)
    {
        RawSamples raw = ReadRaw(options, rejectUnusedSettings: true);
        ImmutableArray<string> labels = raw.Classes ?? LabelTable.Of(raw.Labels);
        if (labels.Length < 2)
            throw new TinyNasException(DiagnosticCatalogue.DataSingleClass, options.Path, labels.Length) { Setting = options.Setting };
        return DataSetAssembler.Assemble(raw, labels, options);
    }

    /// <summary>
    /// Reads a test set: labels are numbered and samples shaped as in <paramref name="train"/>. Settings that this kind
    /// of data does not use are allowed here, since both sides share them.
    /// </summary>
    /// <exception cref="TinyNasException">As above; TNAS0107 where a file is on both sides, TNAS0108 for a label unknown to <paramref name="train"/>.</exception>
    public static DataSet Read(DataOptions options, DataSet train)
    {
        options = options with { Input = train.Shape, Setting = "TestData" };
        RawSamples raw = ReadRaw(options, rejectUnusedSettings: false);
        var known = train.Files.ToHashSet(StringComparer.Ordinal);
        if (raw.Files.FirstOrDefault(known.Contains) is { } shared)
            throw new TinyNasException(DiagnosticCatalogue.DataOverlap, shared) { Setting = options.Setting };
        if (raw.Shape != train.Shape || raw.ElementType != train.ElementType)
            throw new TinyNasException(DiagnosticCatalogue.DataShapeMismatch, options.Path,
                $"{raw.Shape} {raw.ElementType}", $"{train.Shape} {train.ElementType}") { Setting = options.Setting };
        return DataSetAssembler.Assemble(raw, train.Labels, options);
    }

    private static RawSamples ReadRaw(DataOptions options, bool rejectUnusedSettings)
    {
        if (options.Task != "Classify")
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Task", options.Task, "only Classify is implemented") { Setting = "Task" };
        bool isFile = File.Exists(options.Path);
        if (!isFile && !Directory.Exists(options.Path))
            throw new TinyNasException(DiagnosticCatalogue.DataMissing, options.Path) { Setting = options.Setting };
        try
        {
            if (Readers.FirstOrDefault(r => r.CanRead(options)) is not { } reader)
                throw isFile
                    ? DataErrors.Unreadable(options, options.Path, "neither NPZ, IDX nor CSV")
                    : new TinyNasException(DiagnosticCatalogue.DataEmpty, options.Path) { Setting = options.Setting };
            if (rejectUnusedSettings) RejectUnusedSettings(options, reader);
            RawSamples raw = reader.Read(options);
            if (raw.Labels.Length == 0) throw new TinyNasException(DiagnosticCatalogue.DataEmpty, options.Path) { Setting = options.Setting };
            return raw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataErrors.Unreadable(options, options.Path, e.Message);
        }
    }

    private static void RejectUnusedSettings(DataOptions options, IDataReader reader)
    {
        foreach (var (name, value) in new (string, object?)[]
            { ("Label", options.Label), ("Group", options.Group), ("Window", options.Window), ("Stride", options.Stride) })
            if (value is not null && !reader.Settings.Contains(name))
                throw new TinyNasException(DiagnosticCatalogue.MalformedValue, name, value, $"{reader.Kind} do not use it") { Setting = name };
    }
}
