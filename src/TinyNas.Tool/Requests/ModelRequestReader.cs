using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Tool.Requests;

/// <summary>
/// Reads every setting of a request. To add a setting: read it here, name it in the build's list of metadata, document it
/// in docs/project-file.md of TinyNas.Build, and raise its malformed value in a test.
/// </summary>
internal static class ModelRequestReader
{
    private static readonly string[] Later = ["Latency", "Folds"];

    /// <summary>The request, or null and all problems found.</summary>
    public static (ModelRequest? Request, IReadOnlyList<TinyNasException> Problems) Read(RequestFile file)
    {
        var settings = new SettingReader(file);
        foreach (string name in Later) settings.NotImplemented(name);
        settings.Word("Task", "Classify");
        settings.Word("Executor", "Local");

        string? deviceFile = settings.Path("DeviceFile");
        var (budget, core) = ReadBudget(settings, ReadDevices(settings, deviceFile));
        string? model = settings.Path("Model");
        var (data, testData) = ReadData(settings, file.OwnFolders ?? []);
        if (model is null && data is null && settings.Text("Data") is null)
            settings.Refuse(new TinyNasException(DiagnosticCatalogue.MissingSetting, file.Model, "Data"));
        if (model is not null && data is not null)
            settings.Refuse("Model", settings.Text("Model")!, "a model that is brought along is not searched: remove Data");

        var request = new ModelRequest
        {
            File = file,
            Mode = Enum.Parse<BuildMode>(file.Mode, ignoreCase: true),
            Budget = budget,
            Core = core,
            DeviceFile = deviceFile,
            Data = data,
            TestData = testData,
            Model = model,
            ValidationSplit = settings.Number("ValidationSplit", 0, 1) ?? 0.3,
            Space = settings.Word("Space", [.. SpaceRegistry.All.Select(s => s.Name)]) ?? "nanonas",
            Strategy = settings.Word("Strategy", [.. StrategyRegistry.All.Select(s => s.Name)]) ?? "auto",
            Objective = settings.Parsed("Objective", Objective.Parse),
            Constraints = ReadConstraints(settings),
            Trials = settings.Whole("Trials", 1, 1_000_000),
            TimeLimit = settings.Seconds("TimeLimit"),
            Epochs = settings.Whole("Epochs", 1, 10_000),
            FinalEpochs = settings.Parsed("FinalEpochs", TrainingLength.Parse),
            Seed = (ulong)(settings.Whole("Seed", 0, int.MaxValue) ?? 1),
            Workers = settings.Whole("Workers", 1, 1024) ?? Math.Max(1, Environment.ProcessorCount),
            BatchSize = ReadBatchSize(settings),
            Trainer = settings.Word("Trainer", "Managed", "TorchSharp") ?? "Managed",
            TorchDevice = ReadTorchDevice(settings),
            Optimizer = settings.Parsed("Optimizer", OptimizerText.Parse),
            LearningRate = settings.Parsed("LearningRate", LearningRatePlan.Parse),
            Quantisation = settings.Parsed("Quantisation", QuantisationOptions.Parse),
            Teacher = settings.Parsed("Teacher", TeacherPlan.Parse),
            Prune = settings.Parsed("Prune", PruningPlan.Parse),
            LabelSmoothing = settings.Number("LabelSmoothing", 0, 1) ?? 0,
            ClassWeights = settings.Text("ClassWeights"),
            Augment = settings.Text("Augment"),
            Runtimes = ReadRuntimes(settings),
            Namespace = settings.Text("Namespace") ?? file.RootNamespace,
            Templates = ReadTemplates(settings),
        };
        settings.RefuseUnknown();
        return (settings.Problems.Count == 0 ? request : null, settings.Problems);
    }

    private static (Budget, string Core) ReadBudget(SettingReader settings, DeviceCatalogue? devices)
    {
        Budget budget = Budget.Unlimited;
        string core = "cortex-m4";
        if (settings.Text("Device") is { } name)
        {
            if (devices?.Find(name) is { } device) (budget, core) = (device.Budget, device.Core);
            else if (devices is not null) settings.Refuse(devices.Unknown(name));
        }
        // Explicit figures beat the device's.
        return (budget with
        {
            Ram = settings.Bytes("Ram") ?? budget.Ram,
            Flash = settings.Bytes("Flash") ?? budget.Flash,
            Macs = settings.Count("Macs") ?? budget.Macs,
        }, core);
    }

    /// <summary>Null, and a problem, where the file of the user's own devices cannot be used.</summary>
    private static DeviceCatalogue? ReadDevices(SettingReader settings, string? file)
    {
        try
        {
            if (file is null) return DeviceCatalogue.BuiltIn;
            if (File.Exists(file)) return DeviceCatalogue.BuiltIn.With(Commands.Files.ReadAllBytes(file), file);
            settings.Refuse(new TinyNasException(DiagnosticCatalogue.DataMissing, file) { Setting = "DeviceFile" });
        }
        catch (TinyNasException problem)
        {
            settings.Refuse(problem);
        }
        return null;
    }

    private static (DataOptions? Data, DataOptions? TestData) ReadData(SettingReader settings, IReadOnlyList<string> ownFolders)
    {
        string? data = settings.Path("Data"), test = settings.Path("TestData");
        var options = new DataOptions
        {
            Path = data ?? "",
            Exclude = ownFolders,
            Input = ReadShape(settings),
            Label = settings.Text("Label"),
            Group = settings.Text("Group"),
            Window = settings.Whole("Window", 1, 1_000_000),
            Stride = settings.Whole("Stride", 1, 1_000_000),
        };
        return (data is null ? null : options, test is null ? null : options with { Path = test });
    }

    private static ImmutableArray<Constraint> ReadConstraints(SettingReader settings) =>
        settings.Parsed("Constraints", text => Constraint.Parse(text).AsEnumerable()) is { } constraints ? [.. constraints] : [];

    private static Shape? ReadShape(SettingReader settings)
    {
        if (settings.Text("Input") is not { } text) return null;
        string[] parts = text.ToLowerInvariant().Split('x');
        if (parts.Length == 3 && parts.All(p => int.TryParse(p, out int n) && n is > 0 and <= 4096))
            return new Shape(int.Parse(parts[0], null), int.Parse(parts[1], null), int.Parse(parts[2], null));
        settings.Refuse("Input", text, "height x width x channels like 50x50x3 is expected");
        return null;
    }

    private static string? ReadTorchDevice(SettingReader settings)
    {
        if (settings.Text("TorchDevice") is not { } device) return null;
        string lower = device.ToLowerInvariant();
        if (!"TorchSharp".Equals(settings.Text("Trainer"), StringComparison.OrdinalIgnoreCase))
            settings.Refuse("TorchDevice", device, "only the trainer TorchSharp computes on a device of choice; set Trainer to it");
        else if (lower != "cpu" && lower != "cuda" && !(lower.StartsWith("cuda:", StringComparison.Ordinal) && lower.Length < 8 && lower[5..].All(char.IsAsciiDigit) && lower.Length > 5))
            settings.Refuse("TorchDevice", device, "cpu, cuda or cuda:1 is expected");
        return lower;
    }

    private static int ReadBatchSize(SettingReader settings)
    {
        int size = settings.Whole("BatchSize", 16, 4096) ?? 16;
        // Samples stand in the lanes of the vector registers, sixteen at a time.
        if (size % 16 != 0) settings.Refuse("BatchSize", settings.Text("BatchSize")!, "a multiple of 16 is expected");
        return size;
    }

    private static ImmutableArray<RuntimeKind> ReadRuntimes(SettingReader settings)
    {
        if (settings.Text("Runtime") is not { } text) return [RuntimeKind.C, RuntimeKind.Tflm];
        var chosen = new SortedSet<RuntimeKind>();
        foreach (string part in text.Split([';', ',', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (Enum.TryParse(part, ignoreCase: true, out RuntimeKind runtime) && Enum.IsDefined(runtime)) chosen.Add(runtime);
            else settings.Refuse("Runtime", text, "C and Tflm, separated by a semicolon, are known");
        return [.. chosen];
    }

    private static string? ReadTemplates(SettingReader settings)
    {
        string? folder = settings.Path("Templates");
        if (folder is not null && !Directory.Exists(folder)) settings.Refuse("Templates", settings.Text("Templates")!, "there is no such folder");
        return folder;
    }
}
