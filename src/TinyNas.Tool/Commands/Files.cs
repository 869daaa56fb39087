using TinyNas.Model;

namespace TinyNas.Tool.Commands;

/// <summary>Files that a command line names: what goes wrong with them is the user's to mend.</summary>
internal static class Files
{
    /// <exception cref="TinyNasException">TNAS0305: not found, or not readable.</exception>
    public static byte[] ReadAllBytes(string path) => Guard(path, () => File.ReadAllBytes(path));

    /// <exception cref="TinyNasException">TNAS0305: cannot be written.</exception>
    public static void WriteAllBytes(string path, byte[] bytes) => Guard(path, () =>
    {
        File.WriteAllBytes(path, bytes);
        return true;
    });

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TinyNasException(DiagnosticCatalogue.FileUnusable, path, problem.Message);
        }
    }
}
