using System.Text;
using TinyNas.Deploy;

namespace TinyNas.Tool.Builds;

/// <summary>
/// What a build of one model leaves for MSBuild: the bindings, the firmware folder, and result.txt, which names every
/// file made and every file or folder read. Nothing of the last result is touched before all of the new one has been written
/// beside it; then result.txt is removed first and put back last: its presence means complete.
/// </summary>
internal sealed class OutputFolder(string folder)
{
    private readonly List<string> inputs = [];
    private readonly List<(string Kind, string Path, ReadOnlyMemory<byte> Content)> files = [];

    public void WriteBindings(EmittedFile file) => files.Add(("bindings", Path.Combine(folder, file.Name), file.Content));

    public void WriteFirmware(IEnumerable<EmittedFile> emitted) =>
        files.AddRange(emitted.Select(f => ("firmware", Path.GetFullPath(Path.Combine(Firmware, f.Name)), f.Content)));

    /// <summary>A file or folder whose change makes this result out of date.</summary>
    public void Read(string? path)
    {
        if (path is not null) inputs.Add(path);
    }

    /// <exception cref="IOException">The disk is full or the folder cannot be written: the last result is still there.</exception>
    public void Complete()
    {
        IEnumerable<string> lines = inputs.Select(i => $"input\t{i}\n").Concat(files.Select(f => $"{f.Kind}\t{f.Path}\n"));
        string result = Path.Combine(folder, "result.txt");
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines));
        var staged = new StagedFiles();
        foreach (var file in files) staged.Add(file.Path, file.Content.Span);
        bool same = File.Exists(result) && File.ReadAllBytes(result).AsSpan().SequenceEqual(text);
        staged.Add(result, text);
        if (!same) File.Delete(result);
        staged.Commit();
        DeleteOthers();
    }

    private string Firmware => Path.Combine(folder, "firmware");

    private void DeleteOthers()
    {
        HashSet<string> wanted = [.. files.Select(f => f.Path)];
        IEnumerable<string> old = Directory.EnumerateFiles(folder, "*.bindings.txt");
        if (Directory.Exists(Firmware)) old = old.Concat(Directory.EnumerateFiles(Firmware, "*", SearchOption.AllDirectories));
        foreach (string file in old.ToArray().Where(f => !wanted.Contains(f))) File.Delete(file);
    }
}
