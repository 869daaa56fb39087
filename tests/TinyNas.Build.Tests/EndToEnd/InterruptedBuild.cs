using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyNas.Build.Tests;

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
}

/// <summary>A dotnet build that receives a signal at a chosen moment, as from a build server that cancels a job: only dotnet gets it, not its children.</summary>
internal static class InterruptedBuild
{
    public static async Task<CommandResult> Run(Consumer consumer, Func<bool> moment, Signal signal)
    {
        // A test run in the background of a shell ignores SIGINT, and so would its children; GNU env undoes that.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(prefix[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = consumer.Folder };
        foreach (string argument in (string[])[.. prefix[1..], "build", "--no-restore", "--nologo", "-tl:off", "-nr:false"]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in DotNet.Environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using Process build = Process.Start(start)!;
        build.StandardInput.Close();
        Task<string> output = build.StandardOutput.ReadToEndAsync(), error = build.StandardError.ReadToEndAsync();
        for (int i = 0; i < 2400 && !moment(); i++)
        {
            Assert.IsFalse(build.HasExited, build.HasExited ? "the build ended too early:\n" + output.Result : "");
            await Task.Delay(50);
        }
        Assert.AreEqual(0, SendSignal(build.Id, (int)signal));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await build.WaitForExitAsync(limit.Token);
        return new CommandResult(build.ExitCode, await output, await error);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
