using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Labelled samples of one shape, in memory, in the data's own units. Values are stored sample after sample, each
/// height × width × channels, either as bytes (images) or as floats (recordings).
/// </summary>
public sealed class DataSet
{
    public required Shape Shape { get; init; }

    /// <summary><see cref="ElementType.UInt8"/> (values in <see cref="Bytes"/>) or <see cref="ElementType.Float32"/> (in <see cref="Floats"/>).</summary>
    public required ElementType ElementType { get; init; }

    public byte[] Bytes { get; init; } = [];

    public float[] Floats { get; init; } = [];

    /// <summary>Class index of each sample.</summary>
    public required int[] Targets { get; init; }

    /// <summary>
    /// Names of the classes, by index: in the order that the data declare (the array <c>classes</c> of an NPZ), else in
    /// ordinal order of what the data call them (numeric order for numbers).
    /// </summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <summary>
    /// Samples of one group (subject, recording) never stand on both sides of a split; null where every sample is its own.
    /// </summary>
    public int[]? Groups { get; init; }

    /// <summary>SHA-256 over shape, values, targets, labels and groups, in lower-case hex: what the search key sees of the data.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The path that was read, as the project file gives it; names the data in diagnostics. Not part of the hash.</summary>
    public string Source { get; init; } = "";

    /// <summary>Absolute paths of every file read, in reading order, for a build to watch. Not part of the hash.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public int Count => Targets.Length;
}

/// <summary>Indices of samples on either side of a hold-out.</summary>
public sealed record DataSplit(int[] Train, int[] Validation);
