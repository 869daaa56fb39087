namespace TinyNas.Tool.Builds;

/// <summary>
/// Files that belong together: all are written beside their places first and then renamed, so that a full disk is met
/// while the earlier files are still whole. A file that already holds the bytes is left alone: an untouched time stamp keeps
/// later build steps from running again.
/// </summary>
internal sealed class StagedFiles
{
    private readonly List<string> written = [];

    /// <exception cref="IOException">Nothing is left behind, and nothing has been replaced.</exception>
    public void Add(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return;
        written.Add(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(Beside(path), content);
        }
        catch
        {
            Discard();
            throw;
        }
    }

    /// <summary>Puts every file in its place, in the order in which they were added.</summary>
    public void Commit()
    {
        foreach (string path in written) File.Move(Beside(path), path, overwrite: true);
        written.Clear();
    }

    private static string Beside(string path) => path + ".tmp";

    private void Discard()
    {
        foreach (string path in written)
            try { File.Delete(Beside(path)); }
            catch (IOException) { /* what cannot be written often cannot be deleted; the next build overwrites it */ }
            catch (UnauthorizedAccessException) { }
        written.Clear();
    }
}
