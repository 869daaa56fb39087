using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;
using TinyNas.Model;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Starts the worker for every model that is not current and relays what it says. The worker's lines in MSBuild's format
/// become errors and warnings of the build; lines that begin with <see cref="ProgressPrefix"/> are shown as progress.
/// </summary>
public sealed class BuildModels : ModelTask, ICancelableTask
{
    private const string ProgressPrefix = "TNAS-PROGRESS ";
    private volatile bool cancelled;
    private WorkerProcess? worker;

    /// <summary>The dotnet executable.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    public override bool Execute()
    {
        using var watch = new BuildWatch(Cancel);
        worker = new WorkerProcess(DotNetHost, Tool, watch.Build);
        var results = new List<ITaskItem>();
        foreach (ModelRequest request in GatherRequests())
        {
            if (cancelled) break;
            try
            {
                if (Build(request) is { } result) results.Add(ToItem(request, result));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Report(DiagnosticCatalogue.FolderUnusable, request.Location, request.OutputFolder, problem.Message);
            }
        }
        Results = [.. results];
        return !cancelled && !Log.HasLoggedErrors;
    }

    /// <summary>Called on another thread while <see cref="Execute"/> waits for the worker.</summary>
    public void Cancel()
    {
        cancelled = true;
        worker?.Stop();
    }

    private ModelResult? Build(ModelRequest request)
    {
        // Other projects of the build may go on while this one waits for a search that takes minutes.
        var engine = BuildEngine as IBuildEngine3;
        engine?.Yield();
        try
        {
            using IDisposable? held = FolderLock.Acquire(request.OutputFolder,
                () => Log.LogMessage(MessageImportance.High, "{0}: another build works on this model; waiting for it.", request.Model), () => cancelled);
            if (held is null) return null;
            if (Stamp.Check(request, ToolFolder) == StampState.Current) return ModelResult.Read(request.OutputFolder);
            if (!RunWorker(request)) return null;
            ModelResult result = ModelResult.Read(request.OutputFolder)
                ?? throw new IOException("The worker reported success and left no result.");
            Stamp.Write(request, result, ToolFolder);
            return result;
        }
        finally
        {
            engine?.Reacquire();
        }
    }

    private bool RunWorker(ModelRequest request)
    {
        string requestFile = Path.Combine(request.OutputFolder, "request.json");
        string logFile = Path.Combine(request.OutputFolder, "worker.log");
        File.WriteAllText(requestFile, request.ToJson());
        bool errors = false;
        int exitCode;
        using (var log = new WorkerLog(logFile))
        {
            try
            {
                exitCode = worker!.Run(requestFile, Path.GetDirectoryName(ProjectFile)!, line =>
                {
                    log.Write(line);
                    errors |= Relay(line);
                });
            }
            catch (System.ComponentModel.Win32Exception problem)
            {
                Report(DiagnosticCatalogue.WorkerUnstartable, request.Location, $"{DotNetHost}: {problem.Message}");
                return false;
            }
        }
        if (exitCode == ExitCodes.Done && !errors) return true;
        if (cancelled) Log.LogMessage(MessageImportance.High, DiagnosticCatalogue.SearchStopped.Message, request.Model);
        else if (exitCode == ExitCodes.Cancelled) Report(DiagnosticCatalogue.SearchStopped, request.Location, request.Model);
        else if (!errors) Report(DiagnosticCatalogue.WorkerCrashed, request.Location, request.Model, exitCode, logFile);
        return false;
    }

    /// <returns>True when the line was an error.</returns>
    private bool Relay(string line)
    {
        if (!line.StartsWith(ProgressPrefix, StringComparison.Ordinal)) return Log.LogMessageFromText(line, MessageImportance.Low);
        Log.LogMessage(MessageImportance.High, "{0}", line.Substring(ProgressPrefix.Length));
        return false;
    }
}
