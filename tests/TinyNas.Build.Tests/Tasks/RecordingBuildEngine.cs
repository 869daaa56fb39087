using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace TinyNas.Build.Tests;

/// <summary>The side of MSBuild that a task sees: keeps what is logged.</summary>
internal sealed class RecordingBuildEngine : IBuildEngine6
{
    public ConcurrentQueue<BuildErrorEventArgs> Errors { get; } = [];
    public ConcurrentQueue<BuildWarningEventArgs> Warnings { get; } = [];
    public ConcurrentQueue<BuildMessageEventArgs> Messages { get; } = [];
    public Dictionary<string, string> GlobalProperties { get; } = [];
    public List<string> Yields { get; } = [];

    public bool ContinueOnError => false;
    public int LineNumberOfTaskNode => 1;
    public int ColumnNumberOfTaskNode => 1;
    public string ProjectFileOfTaskNode => "";
    public bool IsRunningMultipleNodes => false;

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Enqueue(e);
    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Enqueue(e);
    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Enqueue(e);
    public void LogCustomEvent(CustomBuildEventArgs e) { }
    public void LogTelemetry(string eventName, IDictionary<string, string> properties) { }
    public void Yield() => Yields.Add("yield");
    public void Reacquire() => Yields.Add("reacquire");
    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalProperties;

    public bool BuildProjectFile(string file, string[] targets, IDictionary properties, IDictionary outputs) => throw new NotSupportedException();
    public bool BuildProjectFile(string file, string[] targets, IDictionary properties, IDictionary outputs, string version) => throw new NotSupportedException();
    public bool BuildProjectFilesInParallel(string[] files, string[] targets, IDictionary[] properties, IDictionary[] outputs, string[] versions, bool useResultsCache, bool unload) =>
        throw new NotSupportedException();
    public BuildEngineResult BuildProjectFilesInParallel(string[] files, string[] targets, IDictionary[] properties, IList<string>[] undefine, string[] versions, bool outputs) =>
        throw new NotSupportedException();
    public void RegisterTaskObject(object key, object value, RegisteredTaskObjectLifetime lifetime, bool early) { }
    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => null;
    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => null;
}
