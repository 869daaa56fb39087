using System.Diagnostics;

namespace TinyNas.Testing;

public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test with everything the command printed unless it exited with 0.</summary>
    public CommandResult MustSucceed(string what)
    {
        Assert.AreEqual(0, ExitCode, $"{what} failed:\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Runs programs; a test that needs one that is not installed is skipped with its reason.</summary>
public static class Command
{
    public static string Require(string program, string? debianPackage = null)
    {
        string? found = Find(program);
        if (found is null) Assert.Inconclusive($"needs {program} (Debian package {debianPackage ?? program}), which is not installed");
        return found!;
    }

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <param name="keepInput">Leaves the program's input open: the worker takes its end for its starter's.</param>
    public static CommandResult Run(string program, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null, int timeoutSeconds = 300, bool keepInput = false)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using var process = Process.Start(start)!;
        if (!keepInput) process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeoutSeconds * 1000))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} took longer than {timeoutSeconds} s");
        }
        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }
}
