using System.Buffers.Binary;
using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// IDX pairs as MNIST names them: images "…images…idx3…" with labels "…labels…idx1…" beside them, either gzipped or not.
/// The path is the images file, or a folder with one pair, or a folder with a training pair ("train…") and a test pair
/// ("t10k…" or "test…"), of which Data reads the first and TestData the second.
/// </summary>
internal sealed class IdxReader : IDataReader
{
    public string Kind => "IDX files";

    public ImmutableArray<string> Settings => [];

    public bool CanRead(DataOptions options) => File.Exists(options.Path) ? IsIdx(options.Path) : ImageFiles(options.Path).Length > 0;

    public RawSamples Read(DataOptions options)
    {
        string images = File.Exists(options.Path) ? options.Path : Choose(options);
        string labels = LabelsOf(images) ?? throw DataErrors.Unreadable(options, images, "no labels file beside it");
        ArrayFile x = DataErrors.Named(options, images, () => ReadArray(images));
        ArrayFile y = DataErrors.Named(options, labels, () => ReadArray(labels));
        bool isBytes = x.Element == ArrayElement.UInt8;
        RawSamples raw = DataErrors.Named(options, images, () =>
        {
            Shape shape = ArrayLayout.ShapeOf(x.Dimensions, isBytes);
            if (y.Count != x.Dimensions[0]) throw new DamagedFileException($"has {x.Dimensions[0]} samples, {Path.GetFileName(labels)} has {y.Count} labels");
            return new RawSamples(shape, isBytes ? ElementType.UInt8 : ElementType.Float32, y.ToTexts(), [Path.GetFullPath(images), Path.GetFullPath(labels)])
            {
                Bytes = isBytes ? x.Data : [], Floats = isBytes ? [] : x.ToSingles(),
            };
        });
        return ArrayLayout.Fit(raw, options);
    }

    private static string Choose(DataOptions options)
    {
        string[] files = ImageFiles(options.Path);
        if (files.Length == 1) return files[0];
        bool test = options.Setting == "TestData";
        string[] wanted = [.. files.Where(f => IsTest(Path.GetFileName(f)) == test)];
        if (wanted.Length != 1)
            throw DataErrors.Unreadable(options, options.Path, $"{wanted.Length} IDX images files for {(test ? "test" : "training")}; name the file instead of the folder");
        return wanted[0];
    }

    private static bool IsTest(string name) =>
        name.StartsWith("t10k", StringComparison.OrdinalIgnoreCase) || name.StartsWith("test", StringComparison.OrdinalIgnoreCase);

    private static string[] ImageFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(f => IsIdx(f) && Path.GetFileName(f).Contains("images", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static bool IsIdx(string path) =>
        Path.GetFileName(path) is var name && (name.Contains("idx", StringComparison.Ordinal) && name.Contains("-ubyte", StringComparison.Ordinal)
            || DataFiles.HasExtension(name, ".idx", ".idx.gz"));

    private static string? LabelsOf(string images)
    {
        string name = Path.GetFileName(images);
        string labels = name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal).Replace("idx4", "idx1", StringComparison.Ordinal);
        string bare = labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^3] : labels;
        string folder = Path.GetDirectoryName(Path.GetFullPath(images))!;
        return new[] { labels, bare, bare + ".gz" }.Where(n => n != name).Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
    }

    /// <summary>Two zero bytes, the element type, the number of dimensions, each dimension and then the elements, all big-endian.</summary>
    private static ArrayFile ReadArray(string file)
    {
        using Stream stream = Inflation.Open(file);
        byte[] magic = Inflation.ReadExactly(stream, 4);
        if (magic[0] != 0 || magic[1] != 0 || magic[3] is 0 or > 4) throw new DamagedFileException("not an IDX file");
        (ArrayElement element, int size) = magic[2] switch
        {
            0x08 => (ArrayElement.UInt8, 1), 0x09 => (ArrayElement.Int8, 1), 0x0B => (ArrayElement.Int16, 2),
            0x0C => (ArrayElement.Int32, 4), 0x0D => (ArrayElement.Float32, 4), 0x0E => (ArrayElement.Float64, 8),
            _ => throw new DamagedFileException($"IDX element type 0x{magic[2]:X2} is not read"),
        };
        byte[] header = Inflation.ReadExactly(stream, 4 * magic[3]);
        var dimensions = new int[magic[3]];
        long bytes = size;
        for (int d = 0; d < dimensions.Length; d++)
        {
            dimensions[d] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * d));
            if (dimensions[d] < 0 || (bytes *= dimensions[d]) > Array.MaxLength) throw new DamagedFileException("too large for memory");
        }
        Inflation.CheckPlausible(bytes, new FileInfo(file).Length);
        byte[] data = Inflation.ReadExactly(stream, (int)bytes);
        if (stream.ReadByte() >= 0) throw new DamagedFileException("longer than its header says");
        return new ArrayFile(dimensions, element, size, IsBigEndian: true, data);
    }
}
