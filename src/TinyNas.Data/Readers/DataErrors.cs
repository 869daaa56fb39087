using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Says what is wrong with a file where its name is not known; the reader that knows it turns this into TNAS0101.</summary>
internal sealed class DamagedFileException(string reason) : Exception(reason);

internal static class DataErrors
{
    public static TinyNasException Unreadable(DataOptions options, string file, string reason) =>
        new(DiagnosticCatalogue.DataUnreadable, file, reason) { Setting = options.Setting };

    public static TinyNasException MixedShapes(DataOptions options, string file, Shape shape, Shape before) =>
        new(DiagnosticCatalogue.DataMixedShapes, file, shape, before) { Setting = options.Setting };

    public static TinyNasException ShapeMismatch(DataOptions options, string file, Shape shape, Shape expected) =>
        new(DiagnosticCatalogue.DataShapeMismatch, file, shape, expected) { Setting = options.Setting == "Data" ? "Input" : options.Setting };

    /// <summary>Runs <paramref name="read"/>; damage becomes TNAS0101 with the file's name.</summary>
    public static T Named<T>(DataOptions options, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is DamagedFileException or InvalidDataException or EndOfStreamException)
        {
            throw Unreadable(options, file, e.Message.TrimEnd('.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(options, file, "cannot be opened: " + e.Message.TrimEnd('.'));
        }
    }
}
