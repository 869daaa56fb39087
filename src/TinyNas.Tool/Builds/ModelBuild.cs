using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Tool.Requests;
using TinyNas.Tool.Trainers;
using TinyNas.Training;

namespace TinyNas.Tool.Builds;

/// <summary>
/// One model of a project, from request to output folder: take the stored result or search for it, keep it, emit.
/// </summary>
internal sealed class ModelBuild(ModelRequest request, DiagnosticPrinter diagnostics, Action<string> log)
{
    private readonly StoredModelSource stored = new(request, diagnostics);
    private readonly OutputFolder output = new(request.File.OutputFolder);

    public async Task RunAsync(CancellationToken cancellation)
    {
        output.Read(request.Templates);
        output.Read(request.DeviceFile);
        if (request.Model is not null) EmitForeignModel(request.Model);
        else if (await ObtainAsync(cancellation) is { } model)
        {
            if (QuantisationWarning.For(model.Result.Card, (request.Quantisation ?? new QuantisationOptions()).MostLost) is { } warning) diagnostics.Print(warning);
            Emit(TfliteReader.Read(model.Tflite, request.File.Model), model.Result.Card);
        }
        else output.WriteBindings(BindingsWriter.Stub(request.File.Model, request.Namespace));
        output.Complete();
    }

    /// <summary>The result of this request; null in mode Off where there is none yet.</summary>
    private async Task<StoredModel?> ObtainAsync(CancellationToken cancellation)
    {
        output.Read(stored.Lock.JsonPath);
        output.Read(stored.Lock.TflitePath);
        if (request.Mode == BuildMode.Off) return stored.FindAny();

        output.Read(request.Data!.Path);
        output.Read(request.TestData?.Path);
        if (TakenOnTheLocksWord() is { } locked) return locked;

        LoadedData data = LoadedData.Load(request, cancellation);
        LabelNames.Check(data.Train.Labels); // what the generated class would refuse is better said before hours of training
        log($"{data.Train.Count} samples of {data.Train.Shape}, {data.Train.Labels.Length} classes");
        var inputs = Fingerprint.Of(request, data.Train.ContentHash, data.Test?.ContentHash);
        string key = Fingerprint.Key(inputs);
        StoredModel model = stored.Find(inputs) ?? await SearchOnceAsync(data, inputs, key, cancellation);
        if (request.Mode == BuildMode.Search) stored.Lock.Write(model);
        return model;
    }

    /// <summary>
    /// Data that are not here (not committed, say) cannot be compared: the lock's word is taken for them, everything else is
    /// still compared.
    /// </summary>
    private StoredModel? TakenOnTheLocksWord()
    {
        static bool Absent(string path) => !File.Exists(path) && (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any());
        if (!Absent(request.Data!.Path) || stored.Lock.Read() is not { } model) return null;
        log($"{request.Data.Path} is absent; taking the data of the lock on its word");
        return stored.Find(Fingerprint.Of(request, model.Result.Inputs["Data"], model.Result.Inputs["TestData"]));
    }

    /// <summary>Searches, or takes what another build of the same key found while this one waited for it.</summary>
    private async Task<StoredModel> SearchOnceAsync(
        LoadedData data, ImmutableSortedDictionary<string, string> inputs, string key, CancellationToken cancellation)
    {
        using IDisposable held = await KeyLock.AcquireAsync(
            stored.CacheFolder(key), () => log("another build searches for the same model; waiting for its result"), cancellation);
        if (stored.ReadCache(key) is { } found) return found;
        StoredModel model = await SearchAsync(data, inputs, key, cancellation);
        stored.Cache(key).Write(model);
        return model;
    }

    private async Task<StoredModel> SearchAsync(
        LoadedData data, ImmutableSortedDictionary<string, string> inputs, string key, CancellationToken cancellation)
    {
        ITrainer trainer = TrainerLoader.Load(request);
        var defaults = new SearchOptions();
        var plan = new SearchPlan
        {
            Data = data.Train,
            Split = Splitter.HoldOut(data.Train, request.ValidationSplit, request.Seed),
            Test = data.Test,
            Budget = request.Budget,
            EmitsC = request.Runtimes.Contains(RuntimeKind.C),
            Core = request.Core,
            Options = defaults with
            {
                Seed = request.Seed,
                Space = request.Space,
                Strategy = request.Strategy,
                Epochs = request.Epochs,
                FinalEpochs = request.FinalEpochs ?? defaults.FinalEpochs,
                Optimizer = request.Optimizer ?? defaults.Optimizer,
                LearningRate = request.LearningRate ?? defaults.LearningRate,
                BatchSize = request.BatchSize,
                Quantisation = request.Quantisation ?? defaults.Quantisation,
                Teacher = request.Teacher,
                Prune = request.Prune,
                LabelSmoothing = request.LabelSmoothing,
                ClassWeights = request.ClassWeights is { } weights ? ClassWeights.Parse(weights, data.Train) : [],
                Augmentation = request.Augment is { } text ? Augmentation.Parse(text, data.Train) : null,
                Objective = request.Objective ?? defaults.Objective,
                Constraints = request.Constraints,
                Trials = request.Trials,
                TimeLimit = request.TimeLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Workers = request.Workers,
                Follow = stored.ToFollow(key),
            },
        };
        string folder = Path.Combine(stored.CacheFolder(key), "search");
        Directory.CreateDirectory(folder);
        SearchOutcome outcome = await ModelSearch.RunAsync(plan, trainer, folder, new SearchLog(log).Report, cancellation);

        byte[] tflite = TfliteWriter.Write(outcome.Graph);
        var card = new ModelCard(request.File.Model)
        {
            Task = "Classify",
            Labels = data.Train.Labels,
            Input = outcome.Input,
            Metrics = outcome.Metrics,
            Confusion = outcome.Confusion,
            Noise = outcome.Noise,
            Winner = outcome.Winner.ToString(),
            Trace = outcome.Trace,
        };
        return new StoredModel(new SearchResult(SearchResult.CurrentSchema, request.File.PackageVersion, key, Fingerprint.Hash(tflite), inputs, card) { EndedBy = outcome.End.ToString() }, tflite);
    }

    private void EmitForeignModel(string path)
    {
        output.Read(path);
        if (!File.Exists(path)) throw new TinyNasException(DiagnosticCatalogue.DataMissing, path) { Setting = "Model" };
        Emit(TfliteReader.Read(File.ReadAllBytes(path), Path.GetFileName(path)), new ModelCard(request.File.Model));
    }

    private void Emit(Graph graph, ModelCard card)
    {
        var emission = new EmissionRequest(graph, card, request.Budget)
        {
            Core = request.Core, Runtimes = request.Runtimes, TemplatesFolder = request.Templates,
        };
        ExecutionPlan plan = Planner.Plan(graph, request.Budget);
        ResourceEstimate estimate = ResourceEstimator.Estimate(graph, plan, request.Core);
        BudgetCheck.Check(emission, plan, estimate);
        IReadOnlyList<EmittedFile> firmware = FirmwareEmitter.Emit(emission);
        EmittedFile bindings = Bindings(graph, card, estimate);
        output.WriteFirmware(firmware);
        output.WriteBindings(bindings);
        log(FormattableString.Invariant(
            $"{estimate.Macs:N0} MACs, RAM {estimate.RamC:N0} + {estimate.RamCStack:N0} stack, flash {estimate.FlashC:N0} bytes{Accuracy(card)}"));
    }

    /// <summary>A model that only TensorFlow Lite Micro runs gets a class that says so.</summary>
    private EmittedFile Bindings(Graph graph, ModelCard card, ResourceEstimate estimate)
    {
        try
        {
            return BindingsWriter.Write(graph, card, estimate, request.Namespace);
        }
        catch (TinyNasException missing) when (missing.Diagnostic == DiagnosticCatalogue.OperatorUnsupported && !request.Runtimes.Contains(RuntimeKind.C))
        {
            log($"{card.Name} cannot run in C#: {missing.Message}");
            return BindingsWriter.Stub(card.Name, request.Namespace, card.Labels, card.Labels.Length > 0, missing.Message);
        }
    }

    private static string Accuracy(ModelCard card) =>
        card.Metrics.TryGetValue("testAccuracyInt8", out double test) ? FormattableString.Invariant($", int8 accuracy on the test set {test:0.000}")
        : card.Metrics.TryGetValue("accuracyInt8", out double validation) ? FormattableString.Invariant($", int8 validation accuracy {validation:0.000}")
        : "";
}
