using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;

namespace TinyNas.Build.Tasks;

/// <summary>
/// The worker as a child process. Its standard input stays open for as long as it may work: the worker takes the end of
/// its input for "stop, keep what you have", which it sees also when this process dies without a word. Where this process is
/// not the build itself, the worker is told which one is, so that it need not wait until this one has noticed its end.
/// </summary>
internal sealed class WorkerProcess(string dotnet, string tool, int? build = null)
{
    /// <summary>A worker writes its journal within this time of the end of its input; after it, it is taken for hung.</summary>
    private const int StopMilliseconds = 4000;
    private readonly object gate = new();
    private Process? process;
    private bool stopped;

    /// <summary>Runs a request to its end, handing every line to <paramref name="relay"/> on the calling thread. Returns the exit code.</summary>
    public int Run(string requestFile, string folder, Action<string> relay)
    {
        var start = new ProcessStartInfo(dotnet, $"exec {Quote(tool)} search {Quote(requestFile)}{While}")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false, CreateNoWindow = true, WorkingDirectory = folder,
        };
        using var child = new Process { StartInfo = start };
        using var lines = new BlockingCollection<string>();
        int open = 2;
        DataReceivedEventHandler receive = (_, e) =>
        {
            if (e.Data is not null) lines.Add(e.Data);
            else if (Interlocked.Decrement(ref open) == 0) lines.CompleteAdding();
        };
        child.OutputDataReceived += receive;
        child.ErrorDataReceived += receive;
        lock (gate)
        {
            if (stopped) return ExitCodes.Cancelled;
            child.Start();
            process = child;
        }
        try
        {
            child.BeginOutputReadLine();
            child.BeginErrorReadLine();
            foreach (string line in lines.GetConsumingEnumerable()) relay(line);
            child.WaitForExit();
            return child.ExitCode;
        }
        finally
        {
            lock (gate) process = null;
            EndIfAlive(child);
        }
    }

    // Only after an exception: nobody would read what it says or stop it any more.
    private static void EndIfAlive(Process child)
    {
        try
        {
            if (!child.HasExited) child.Kill();
        }
        catch (InvalidOperationException) { /* it ended between the two calls */ }
    }

    /// <summary>Asks the worker to stop and waits a little; then ends it.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            if (process is null) return;
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException) { /* it is gone already */ }
        }
        for (int waited = 0; waited < StopMilliseconds; waited += 50)
        {
            lock (gate)
                if (process is null || process.HasExited) return;
            Thread.Sleep(50);
        }
        lock (gate)
        {
            try
            {
                process?.Kill();
            }
            catch (InvalidOperationException) { /* it ended between the two lines */ }
        }
    }

    private string While => build is { } id ? " --while " + id.ToString(CultureInfo.InvariantCulture) : "";

    // ProcessStartInfo.ArgumentList is not in netstandard2.0.
    private static string Quote(string argument) => "\"" + argument.Replace("\"", "\\\"") + "\"";
}

internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Cancelled = 130;
}
