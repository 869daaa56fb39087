using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyNas.Tool.Builds;

/// <summary>
/// Cancels when the build that started this worker wants it to end or is no more: SIGINT, SIGTERM, SIGHUP, or the end of
/// standard input, which the parent holds open as long as it lives. A killed parent cannot send a signal; its closed pipe can.
/// Where the parent is one of MSBuild's nodes, which may outlive its build, the end of the build's own process counts too.
/// </summary>
internal sealed class WorkerLifetime : IDisposable
{
    /// <summary>
    /// Everything that is kept is kept at once, trial by trial and epoch by epoch: what has not ended by now would only
    /// go on computing for nobody.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource source;
    private readonly ManualResetEventSlim over = new();
    private readonly List<PosixSignalRegistration> signals = [];

    public WorkerLifetime(TextReader? parent, int? build, CancellationToken outer)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Stop();
            }));
        if (parent is not null)
            new Thread(() => WatchParent(parent)) { IsBackground = true, Name = "parent watch" }.Start();
        if (build is { } id && OperatingSystem.IsLinux())
            new Thread(() => WatchBuild(WatchedProcess.Find(id))) { IsBackground = true, Name = "build watch" }.Start();
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        over.Set();
        foreach (var signal in signals) signal.Dispose();
    }

    private void WatchParent(TextReader parent)
    {
        try
        {
            while (parent.ReadLine() is not null) { }
        }
        catch (IOException) { /* a broken pipe says the same as its end */ }
        Stop();
    }

    // Nobody is left to read an exit code, and on a busy machine every further step of an orderly end waits for its turn.
    private void WatchBuild(WatchedProcess? build)
    {
        if (build is not null && !build.WaitForEnd(over)) return;
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }

    private void Stop()
    {
        new Thread(() =>
        {
            Thread.Sleep(Grace);
            Environment.Exit(ExitCode.Cancelled);
        }) { IsBackground = true, Name = "last word" }.Start();
        source.Cancel();
    }
}
