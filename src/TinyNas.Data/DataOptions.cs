using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// What the project file says about one path of data. A setting that the kind of data found there does not use is
/// TNAS0002, not ignored.
/// </summary>
public sealed record DataOptions
{
    /// <summary>A file or folder; relative paths are taken from the current folder.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Full paths of folders below <see cref="Path"/> that hold no data: what a build writes into a project whose own folder is
    /// the data. Given as <see cref="Path"/> itself or a folder above it, one excludes nothing.
    /// </summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>
    /// Shape of a sample. Images are converted and resized to it; anything else must have it (arrays of the same
    /// number of elements per sample are reshaped). Null: the shape the data have.
    /// </summary>
    public Shape? Input { get; init; }

    /// <summary>CSV: name of the label column. NPZ: name of the target array. Null: "label", or "y".</summary>
    public string? Label { get; init; }

    /// <summary>CSV: name of the group column. NPZ: name of the group array. Null: none in CSV, "subject" or "group" in NPZ.</summary>
    public string? Group { get; init; }

    /// <summary>CSV: rows of one sample. Null: the width of <see cref="Input"/>, else a whole run of one label.</summary>
    public int? Window { get; init; }

    /// <summary>CSV: rows from one window to the next. Null: the window, so that windows do not overlap.</summary>
    public int? Stride { get; init; }

    /// <summary>Only "Classify" is implemented.</summary>
    public string Task { get; init; } = "Classify";

    /// <summary>The setting <see cref="Path"/> came from; diagnostics hang on it.</summary>
    public string Setting { get; init; } = "Data";
}
