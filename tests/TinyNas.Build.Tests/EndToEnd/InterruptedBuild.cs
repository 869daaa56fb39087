using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyNas.Build.Tests;

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Stop = 19,
}

/// <summary>A dotnet build that is ended from outside at a chosen moment: as from a build server, where only dotnet gets the signal and not its children, or from a terminal.</summary>
internal static class InterruptedBuild
{
    /// <summary>MSBuild's nodes start and end with a runtime of their own; one that is still there after this long waits for something.</summary>
    private static readonly TimeSpan NodesLeave = TimeSpan.FromSeconds(10);
    private static readonly string[] Build = ["dotnet", "build", "--no-restore", "--nologo", "-tl:off"];
    private static readonly string[] Detached = ["env", "--default-signal=INT", "setsid"];

    public static Task<CommandResult> Run(Consumer consumer, Func<bool> moment, Signal signal, params string[] arguments) =>
        Run(consumer.Folder, moment, signal, arguments);

    /// <summary>Without a terminal. Fails when a worker lives on one second after the build, or a node for long.</summary>
    public static Task<CommandResult> Run(string folder, Func<bool> moment, Signal signal, params string[] arguments)
    {
        // A test run in the background of a shell ignores SIGINT, and so would its children; GNU env undoes that.
        return Watch(folder, [.. Detached, .. Build, "-nr:false", .. arguments], moment, signal.ToString(), build =>
        {
            Send(build, signal);
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Stops the build's own process at one moment and kills it at a later one, so that what its nodes have said in between
    /// dies with it unread. Then Linux resets the nodes' connections instead of ending them.
    /// </summary>
    public static Task<CommandResult> RunUnheard(string folder, Func<bool> moment, Func<bool> later, IEnumerable<KeyValuePair<string, string?>> environment, params string[] arguments) =>
        Watch(folder, [.. Detached, .. Build, .. arguments], moment, "killed with messages unread " + arguments[^1], async build =>
        {
            Send(build, Signal.Stop);
            for (int i = 0; i < 1200 && !later(); i++) await Task.Delay(50);
            Send(build, Signal.Kill);
        }, environment);

    /// <summary>In a terminal of its own: Ctrl-C is typed there, which reaches every process in it; a kill closes the terminal.</summary>
    public static Task<CommandResult> RunInTerminal(string folder, Func<bool> moment, Signal signal)
    {
        string script = Command.Require("script", "bsdutils");
        string[] command = ["env", "--default-signal=INT", script, "--quiet", "--return", "--command", string.Join(' ', [.. Build, "-nr:false"]), "/dev/null"];
        return Watch(folder, command, moment, signal + " in a terminal", async terminal =>
        {
            if (signal == Signal.Kill) Send(terminal, signal);
            else await terminal.StandardInput.WriteAsync('\u0003');
            await terminal.StandardInput.FlushAsync();
        });
    }

    private static async Task<CommandResult> Watch(string folder, string[] command, Func<bool> moment, string end, Func<Process, Task> interrupt,
        IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? DotNet.Environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using Process build = Process.Start(start)!;
        Task<string> output = build.StandardOutput.ReadToEndAsync(), error = build.StandardError.ReadToEndAsync();
        for (int i = 0; i < 2400 && !moment(); i++)
        {
            Assert.IsFalse(build.HasExited, build.HasExited ? "the build ended too early:\n" + output.Result : "");
            await Task.Delay(50);
        }
        int[] workers = ProcessFamily.WorkersBelow(build.Id, folder), nodes = ProcessFamily.NodesAround(build.Id, workers);
        await interrupt(build);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await build.WaitForExitAsync(limit.Token);
        string lateWorkers = await ProcessFamily.AliveAfter(TimeSpan.FromSeconds(1), workers), lateNodes = await ProcessFamily.AliveAfter(NodesLeave, nodes);
        foreach (int left in workers.Concat(nodes).Where(ProcessFamily.IsAlive)) _ = SendSignal(left, (int)Signal.Kill);
        Assert.AreEqual("", lateWorkers, end + ": workers that outlive the build by a second");
        Assert.AreEqual("", lateNodes, end + ": nodes that outlive the build");
        return new CommandResult(build.ExitCode, await output, await error);
    }

    private static void Send(Process process, Signal signal) => Assert.AreEqual(0, SendSignal(process.Id, (int)signal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
