using System.Text;
using TinyNas.Deploy;

namespace TinyNas.Tool.Builds;

/// <summary>
/// What a build of one model leaves for MSBuild: the bindings, the firmware folder, and result.txt, which names every
/// file made and every file or folder read. result.txt is removed before
/// anything else is touched and written last: its presence means complete, and a build that fails earlier leaves the last result whole.
/// </summary>
internal sealed class OutputFolder(string folder)
{
    private readonly List<string> lines = [];

    public void Begin()
    {
        Directory.CreateDirectory(folder);
        File.Delete(ResultPath);
    }

    public void WriteBindings(EmittedFile file)
    {
        foreach (string old in Directory.EnumerateFiles(folder, "*.bindings.txt").Where(f => Path.GetFileName(f) != file.Name)) File.Delete(old);
        string path = Path.Combine(folder, file.Name);
        AtomicFile.Write(path, file.Content.Span);
        lines.Add($"bindings\t{path}");
    }

    public void WriteFirmware(IReadOnlyList<EmittedFile> files)
    {
        string firmware = Path.Combine(folder, "firmware");
        Directory.CreateDirectory(firmware);
        foreach (string old in Directory.EnumerateFiles(firmware).Where(f => files.All(n => n.Name != Path.GetFileName(f)))) File.Delete(old);
        foreach (EmittedFile file in files)
        {
            string path = Path.Combine(firmware, file.Name);
            AtomicFile.Write(path, file.Content.Span);
            lines.Add($"firmware\t{path}");
        }
    }

    /// <summary>A file or folder whose change makes this result out of date.</summary>
    public void Read(string? path)
    {
        if (path is not null) lines.Add($"input\t{path}");
    }

    public void Complete() =>
        AtomicFile.Write(ResultPath, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    private string ResultPath => Path.Combine(folder, "result.txt");
}
