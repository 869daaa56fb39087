using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Decodes PNG and JPEG, told apart by their first bytes. Integer arithmetic throughout: the same file gives the same
/// pixels on every machine. Colour profiles, gamma and orientation tags are left alone; pixels are as stored.
/// </summary>
public static class ImageDecoder
{
    /// <exception cref="TinyNasException">TNAS0101 with <paramref name="name"/> and what is wrong.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, string name)
    {
        try
        {
            return DecodeUnnamed(file);
        }
        catch (Exception e) when (e is DamagedFileException or InvalidDataException or IOException)
        {
            throw new TinyNasException(DiagnosticCatalogue.DataUnreadable, name, e.Message.TrimEnd('.')) { Setting = "Data" };
        }
    }

    internal static Image DecodeUnnamed(ReadOnlySpan<byte> file)
    {
        if (PngDecoder.IsPng(file)) return PngDecoder.Decode(file);
        if (JpegDecoder.IsJpeg(file)) return JpegDecoder.Decode(file);
        throw new DamagedFileException("neither a PNG nor a JPEG");
    }
}
