using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyNas.Build.Tests;

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>A dotnet build that is ended from outside at a chosen moment: as from a build server, where only dotnet gets the signal and not its children, or from a terminal.</summary>
internal static class InterruptedBuild
{
    private static readonly string[] Build = ["dotnet", "build", "--no-restore", "--nologo", "-tl:off", "-nr:false"];

    public static Task<CommandResult> Run(Consumer consumer, Func<bool> moment, Signal signal, params string[] arguments) =>
        Run(consumer.Folder, moment, signal, arguments);

    /// <summary>Without a terminal. Fails when a worker lives on one second after the build.</summary>
    public static Task<CommandResult> Run(string folder, Func<bool> moment, Signal signal, params string[] arguments)
    {
        // A test run in the background of a shell ignores SIGINT, and so would its children; GNU env undoes that.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "setsid"] : [];
        return Watch(folder, [.. prefix, .. Build, .. arguments], moment, build => Assert.AreEqual(0, SendSignal(build.Id, (int)signal)));
    }

    /// <summary>In a terminal of its own: Ctrl-C is typed there, which reaches every process in it; a kill closes the terminal.</summary>
    public static Task<CommandResult> RunInTerminal(string folder, Func<bool> moment, Signal signal)
    {
        string script = Command.Require("script", "bsdutils");
        return Watch(folder, ["env", "--default-signal=INT", script, "--quiet", "--return", "--command", string.Join(' ', Build), "/dev/null"], moment, terminal =>
        {
            if (signal == Signal.Kill) Assert.AreEqual(0, SendSignal(terminal.Id, (int)signal));
            else terminal.StandardInput.Write('\u0003');
            terminal.StandardInput.Flush();
        });
    }

    private static async Task<CommandResult> Watch(string folder, string[] command, Func<bool> moment, Action<Process> interrupt)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in DotNet.Environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using Process build = Process.Start(start)!;
        Task<string> output = build.StandardOutput.ReadToEndAsync(), error = build.StandardError.ReadToEndAsync();
        for (int i = 0; i < 2400 && !moment(); i++)
        {
            Assert.IsFalse(build.HasExited, build.HasExited ? "the build ended too early:\n" + output.Result : "");
            await Task.Delay(50);
        }
        int[] workers = ProcessFamily.WorkersBelow(build.Id);
        interrupt(build);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await build.WaitForExitAsync(limit.Token);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(1) && workers.Any(ProcessFamily.IsAlive);) await Task.Delay(20);
        string alive = string.Join('\n', workers.Where(ProcessFamily.IsAlive).Select(ProcessFamily.Describe));
        Assert.AreEqual("", alive, "workers that outlive the build by a second");
        return new CommandResult(build.ExitCode, await output, await error);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
