namespace TinyNas.Tool.Builds;

internal static class AtomicFile
{
    /// <summary>
    /// Writes beside and renames, unless the file already holds these bytes: an untouched time stamp keeps later build
    /// steps from running again.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return;
        string beside = path + ".tmp";
        File.WriteAllBytes(beside, content);
        File.Move(beside, path, overwrite: true);
    }
}
