using System;
using System.Threading;
using TinyNas.Tool.Builds;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Notices in an out-of-process node that the build is dead. MSBuild's own notice cannot be relied on: when a process dies
/// with unread bytes on a socket, which a search that reports progress makes likely, Linux gives the other end ECONNRESET and
/// not the end of the stream. MSBuild (18.9, NodeEndpointOutOfProcBase) takes that for a lost connection which it need not
/// act on: the node stops listening, cancels nothing, and waits for ever for packets that cannot come.
/// </summary>
internal sealed class BuildWatch : IDisposable
{
    /// <summary>A node that noticed has long left by then.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(2);
    private readonly ManualResetEventSlim over = new();

    /// <summary>Calls <paramref name="gone"/> on another thread when the build ends while it is watched.</summary>
    public BuildWatch(Action gone)
    {
        if (BuildLink.Find() is not { } link || WatchedProcess.Find(link.Build) is not { } build) return;
        Build = link.Build;
        new Thread(() => Watch(build, link, gone)) { IsBackground = true, Name = "TinyNas build watch" }.Start();
    }

    /// <summary>The build's process where it is watched, for the worker to watch as well; otherwise null.</summary>
    public int? Build { get; }

    public void Dispose() => over.Set();

    private void Watch(WatchedProcess build, BuildLink link, Action gone)
    {
        if (!build.WaitForEnd(over)) return;
        gone();
        if (!link.ToNode) return;
        Thread.Sleep(LeaveTime);
        // Nobody can reach this node any more, and it would stay until the machine is switched off.
        if (BuildLink.Find() is not { } other || other.Build == link.Build) Environment.Exit(ExitCodes.Cancelled);
    }
}
