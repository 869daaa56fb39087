using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// CSV recordings, a file or a folder of files, each file one recording. A run is a stretch of rows with one label (and
/// one group); windows are cut from the start of each run, every Stride rows, and never span two runs. The label is a
/// column, or the class folder that the file stands in. Every column of numbers that is neither label nor group is a channel.
/// Windows of one recording never part: the group is the Group column, else the file, else (a single file) the run.
/// </summary>
internal sealed class RecordingReader : IDataReader
{
    public string Kind => "CSV recordings";

    public ImmutableArray<string> Settings => ["Label", "Group", "Window", "Stride"];

    public bool CanRead(DataOptions options) =>
        File.Exists(options.Path) ? DataFiles.HasExtension(options.Path, ".csv") : DataFiles.Below(options, ".csv").Length > 0;

    public RawSamples Read(DataOptions options)
    {
        RejectNonPositive("Window", options.Window);
        RejectNonPositive("Stride", options.Stride);
        bool isFile = File.Exists(options.Path);
        string root = isFile ? Path.GetDirectoryName(Path.GetFullPath(options.Path))! : options.Path;
        string[] files = isFile ? [Path.GetFileName(options.Path)] : DataFiles.Below(options, ".csv");
        RecordingFile[] recordings = ReadAll(options, root, files);

        var runs = new List<Run>();
        for (int f = 0; f < files.Length; f++) CutRuns(files[f], recordings[f], files.Length == 1, runs);
        if (runs.Count == 0) throw new TinyNasException(DiagnosticCatalogue.DataEmpty, options.Path) { Setting = options.Setting };
        int window = options.Window ?? options.Input?.Width ?? runs[0].Rows;
        var shape = new Shape(1, window, recordings[0].Channels.Length);
        if (options.Input is { } input && input != shape) throw DataErrors.ShapeMismatch(options, files[0], shape, input);
        if (options.Window is null && options.Input is null)
            foreach (Run run in runs)
                if (run.Rows != window) throw DataErrors.MixedShapes(options, run.File, shape with { Width = run.Rows }, shape);
        return Cut(options, runs, shape, options.Stride ?? window) with { Files = [.. files.Select(f => DataFiles.Absolute(root, f))] };
    }

    private sealed record Run(string File, RecordingFile Recording, int Start, int Rows, string Label, string Group);

    private static RecordingFile[] ReadAll(DataOptions options, string root, string[] files)
    {
        var recordings = new RecordingFile[files.Length];
        var failures = new TinyNasException?[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            try
            {
                recordings[i] = DataErrors.Named(options, files[i],
                    () => RecordingFile.Read(DataFiles.Absolute(root, files[i]), options.Label ?? "label", options.Group));
            }
            catch (TinyNasException e)
            {
                failures[i] = e;
            }
        });
        for (int i = 0; i < files.Length; i++)
        {
            if (failures[i] is { } failure) throw failure;
            if (recordings[i].Labels is null && options.Label is not null)
                throw DataErrors.Unreadable(options, files[i], $"has no column '{options.Label}'");
            if (recordings[i].Labels is null && DataFiles.ClassOf(files[i]) is null)
                throw DataErrors.Unreadable(options, files[i], "has no column 'label' and stands in no class folder");
            string[] first = recordings[0].Channels, own = recordings[i].Channels;
            if (own.Length != first.Length) throw DataErrors.MixedShapes(options, files[i], new Shape(1, 1, own.Length), new Shape(1, 1, first.Length));
            if (!own.SequenceEqual(first))
                throw DataErrors.Unreadable(options, files[i], $"has the columns {string.Join(", ", own)}, {files[0]} has {string.Join(", ", first)}");
        }
        return recordings;
    }

    private static void CutRuns(string file, RecordingFile recording, bool single, List<Run> runs)
    {
        for (int start = 0, end; start < recording.Rows; start = end)
        {
            for (end = start + 1; end < recording.Rows && Same(recording.Labels, start, end) && Same(recording.Groups, start, end);) end++;
            string group = recording.Groups?[start] ?? (single ? $"run {runs.Count}" : file);
            runs.Add(new Run(file, recording, start, end - start, recording.Labels?[start] ?? DataFiles.ClassOf(file)!, group));
        }
    }

    private static RawSamples Cut(DataOptions options, List<Run> runs, Shape shape, int stride)
    {
        int window = shape.Width, channels = shape.Channels;
        long count = runs.Sum(r => r.Rows < window ? 0L : (r.Rows - window) / stride + 1);
        if (count * shape.Count > Array.MaxLength) 
            throw DataErrors.Unreadable(options, options.Path, $"{count} windows of {shape} do not fit into memory; give a larger Stride");
        var values = new float[(int)count * shape.Count];
        var labels = new List<string>();
        var groups = new List<string>();
        foreach (Run run in runs)
            for (int row = 0; row + window <= run.Rows; row += stride)
            {
                run.Recording.Values.AsSpan((run.Start + row) * channels, shape.Count).CopyTo(values.AsSpan(labels.Count * shape.Count));
                labels.Add(run.Label);
                groups.Add(run.Group);
            }
        return new RawSamples(shape, ElementType.Float32, [.. labels], []) { Floats = values, Groups = [.. groups] };
    }

    private static bool Same(string[]? column, int a, int b) => column is null || column[a] == column[b];

    private static void RejectNonPositive(string setting, int? value)
    {
        if (value is <= 0) throw new TinyNasException(DiagnosticCatalogue.MalformedValue, setting, value, "at least 1 row is needed") { Setting = setting };
    }
}
