using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Images in one folder per class, directly or in folders below it. Without Input all must have one size and one number
/// of channels; with it they are made grey or coloured and resized.
/// </summary>
internal sealed class ImageFolderReader : IDataReader
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];
    private static readonly string[] OtherImages = [".bmp", ".gif", ".webp", ".tif", ".tiff", ".heic", ".avif", ".pgm", ".ppm"];

    public string Kind => "folders of images";

    public ImmutableArray<string> Settings => [];

    public bool CanRead(DataOptions options) => Directory.Exists(options.Path) && DataFiles.Below(options, [.. Extensions, .. OtherImages]).Length > 0;

    public RawSamples Read(DataOptions options)
    {
        string[] files = DataFiles.Below(options, [.. Extensions, .. OtherImages]);
        foreach (string file in files)
        {
            if (DataFiles.HasExtension(file, OtherImages))
                throw DataErrors.Unreadable(options, file, "images of this kind are not read; convert it to PNG or JPEG");
            if (DataFiles.ClassOf(file) is null)
                throw DataErrors.Unreadable(options, file, "stands in no class folder");
        }
        foreach (string folder in DataFiles.Folders(options.Path, options.Exclude))
            if (!files.Any(f => f.StartsWith(folder + "/", StringComparison.Ordinal)))
                throw new TinyNasException(DiagnosticCatalogue.DataEmpty, folder) { Setting = options.Setting };
        if (options.Input is { Channels: not (1 or 3) } asked)
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Input", asked, "images have 1 or 3 channels") { Setting = "Input" };

        Shape shape = options.Input ?? ShapeOf(Decode(options, files[0]));
        if ((long)shape.Count * files.Length > Array.MaxLength)
            throw DataErrors.Unreadable(options, options.Path, $"{files.Length} samples of {shape} do not fit into memory; give a smaller Input");
        var values = new byte[shape.Count * files.Length];
        var failures = new TinyNasException?[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            try
            {
                Image image = Decode(options, files[i]);
                if (options.Input is null && ShapeOf(image) != shape) throw DataErrors.MixedShapes(options, files[i], ShapeOf(image), shape);
                Resizer.Fit(image, shape).Pixels.CopyTo(values, i * shape.Count);
            }
            catch (TinyNasException e)
            {
                failures[i] = e;
            }
        });
        // The first in order, not the first in time.
        if (failures.FirstOrDefault(f => f is not null) is { } failure) throw failure;
        return new RawSamples(shape, ElementType.UInt8, [.. files.Select(f => DataFiles.ClassOf(f)!)],
            [.. files.Select(f => DataFiles.Absolute(options.Path, f))]) { Bytes = values };
    }

    private static Shape ShapeOf(Image image) => new(image.Height, image.Width, image.Channels);

    private static Image Decode(DataOptions options, string file) => DataErrors.Named(options, file,
        () => ImageDecoder.DecodeUnnamed(File.ReadAllBytes(DataFiles.Absolute(options.Path, file))));
}
