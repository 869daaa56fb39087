using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using TinyNas.Model;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Says which models need the worker, without starting anything and without reading any data: sizes and times only. Runs
/// in every build, so it has to cost next to nothing.
/// </summary>
public sealed class CheckModels : ModelTask
{
    /// <summary>Take the last results as they are, and a stub where there is none: for design-time builds, which must never search.</summary>
    public bool AcceptStale { get; set; }

    /// <summary>Set after the worker ran: settings that still differ can only come from conditions on framework or configuration.</summary>
    public bool AfterBuild { get; set; }

    /// <summary>Names of models whose result is missing or older than what it was made from.</summary>
    [Output]
    public string[] Stale { get; private set; } = [];

    /// <summary>Emitted files of all results, with metadata Model and Relative (path below the firmware folder, '/' between parts).</summary>
    [Output]
    public ITaskItem[] Firmware { get; private set; } = [];

    public override bool Execute()
    {
        var firmware = new List<ITaskItem>();
        var results = new List<ITaskItem>();
        var stale = new List<string>();
        foreach (ModelRequest request in GatherRequests())
        {
            ModelResult? last = ModelResult.Read(request.OutputFolder);
            StampState state = AcceptStale || NothingToRun(request, last) ? StampState.Current : Stamp.Check(request, ToolFolder);
            if (AfterBuild && state == StampState.SettingsMoved) Report(DiagnosticCatalogue.SettingsDiffer, request.Location, request.Model);
            if (state != StampState.Current)
            {
                Log.LogMessage(MessageImportance.Low, "TinyNas model '{0}' is not current: {1}.", request.Model, state);
                stale.Add(request.Model);
            }
            if (last is null)
            {
                if (state == StampState.Current) results.Add(Items.Create(StubBindings.Write(request), ("Model", request.Model)));
                continue;
            }
            results.Add(ToItem(request, last));
            firmware.AddRange(last.FirmwareFiles().Select(f => Items.Create(f.Path, ("Model", request.Model), ("Relative", f.Relative))));
        }
        Firmware = [.. firmware];
        Results = [.. results];
        Stale = [.. stale];
        return !Log.HasLoggedErrors;
    }

    // Off runs nothing; only where a lock waits without a result is the worker asked to emit it, so that user code compiles.
    private static bool NothingToRun(ModelRequest request, ModelResult? last) =>
        request.Mode == "Off" && (last is not null || !File.Exists(request.LockFile));
}
