using System;
using System.IO;

namespace TinyNas.Build.Tasks;

/// <summary>The worker's lines in a file, for reports of crashes. A disk that is full costs the rest of the file and not the build, which says so itself.</summary>
internal sealed class WorkerLog : IDisposable
{
    private readonly StreamWriter writer;
    private bool broken;

    /// <exception cref="IOException">The file cannot be made.</exception>
    public WorkerLog(string path) => writer = new StreamWriter(path) { AutoFlush = true };

    public void Write(string line) => Try(() => writer.WriteLine(line));

    public void Dispose() => Try(writer.Dispose);

    private void Try(Action action)
    {
        if (broken) return;
        try
        {
            action();
        }
        catch (IOException)
        {
            broken = true;
        }
    }
}
