using System.Collections.Immutable;
using System.IO.Compression;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// NPZ: <c>X</c> [N, …] (shapes as <see cref="ArrayLayout"/> says), <c>y</c> [N] numbers or strings, optionally
/// <c>classes</c> (names that whole numbers in y index) and <c>subject</c> or <c>group</c> [N]. Bytes stay bytes and are
/// treated as images; every other number type becomes float. Other arrays are left alone.
/// </summary>
internal sealed class NpzReader : IDataReader
{
    public string Kind => "NPZ files";

    public ImmutableArray<string> Settings => ["Label", "Group"];

    public bool CanRead(DataOptions options) => File.Exists(options.Path) && DataFiles.HasExtension(options.Path, ".npz");

    public RawSamples Read(DataOptions options) => ArrayLayout.Fit(DataErrors.Named(options, options.Path, () => ReadArchive(options)), options);

    private static RawSamples ReadArchive(DataOptions options)
    {
        using ZipArchive archive = ZipFile.OpenRead(options.Path);
        ArrayFile x = Array(archive, "X") ?? throw new DamagedFileException("has no array 'X'");
        ArrayFile y = Array(archive, options.Label ?? "y") ?? throw new DamagedFileException($"has no array '{options.Label ?? "y"}'");
        ArrayFile? classes = Array(archive, "classes");
        ArrayFile? group = options.Group is { } named
            ? Array(archive, named) ?? throw new DamagedFileException($"has no array '{named}'")
            : Array(archive, "subject") ?? Array(archive, "group");

        bool isBytes = x.Element == ArrayElement.UInt8;
        Shape shape = ArrayLayout.ShapeOf(x.Dimensions, isBytes);
        int count = x.Dimensions[0];
        if (y.Count != count) throw new DamagedFileException($"has {count} samples and {y.Count} labels");
        if (group is not null && group.Count != count) throw new DamagedFileException($"has {count} samples and {group.Count} groups");
        string[] labels = Labels(y, classes);
        return new RawSamples(shape, isBytes ? ElementType.UInt8 : ElementType.Float32, labels, [Path.GetFullPath(options.Path)])
        {
            Bytes = isBytes ? x.Data : [], Floats = isBytes ? [] : x.ToSingles(),
            Classes = classes is null ? null : [.. classes.ToTexts()], Groups = group?.ToTexts(),
        };
    }

    private static string[] Labels(ArrayFile y, ArrayFile? classes)
    {
        if (classes is null || y.IsText) return y.ToTexts();
        string[] names = classes.ToTexts();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) throw new DamagedFileException("'classes' names a class twice");
        var labels = new string[y.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            long index = y.Whole(i);
            if (index < 0 || index >= names.Length) throw new DamagedFileException($"label {index} is no index into {names.Length} classes");
            labels[i] = names[index];
        }
        return labels;
    }

    private static ArrayFile? Array(ZipArchive archive, string name)
    {
        if (archive.GetEntry(name + ".npy") is not { } entry) return null;
        Inflation.CheckPlausible(entry.Length, entry.CompressedLength);
        using Stream stream = entry.Open();
        byte[] bytes = Inflation.ReadExactly(stream, (int)entry.Length);
        if (Crc32.Of(bytes) != entry.Crc32) throw new DamagedFileException($"the checksum of '{name}' is wrong");
        return NpyFormat.Parse(bytes);
    }
}
