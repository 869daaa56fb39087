using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>What became of a damaged file.</summary>
internal enum DamageOutcome
{
    /// <summary>TNAS0301.</summary>
    Unreadable,

    /// <summary>A diagnostic that says what cannot be done with it.</summary>
    Refused,

    /// <summary>Only TensorFlow Lite Micro has all of its operators: its route was emitted.</summary>
    EmittedForTflm,

    /// <summary>All files of both routes.</summary>
    Emitted,
}

/// <summary>
/// Reads, plans and emits one damaged file as <c>compile</c> does. The emission interprets the model for its self-test, so a file
/// that is accepted has run. Anything but a result or a diagnostic leaves as the exception that it is.
/// </summary>
internal static class DamageRun
{
    private static readonly string[] Diagnostics = ["TNAS0301", "TNAS0302"];

    public static DamageOutcome Case(IReadOnlyList<FileDamage> models, ulong seed, ulong number)
    {
        RandomStream random = RandomStream.Create(seed, number);
        FileDamage model = Pick(models, ref random);
        // In a third of the cases the file is sound and what it says is not.
        return Compile(random.NextInt(3) == 0 && GraphDamage.File(model.Graph, ref random) is { } file ? file : model.Mutated(ref random));
    }

    private static DamageOutcome Compile(byte[] file)
    {
        Graph graph;
        try
        {
            graph = TfliteReader.Read(file, "damaged");
        }
        catch (TinyNasException problem)
        {
            Known(problem);
            return DamageOutcome.Unreadable;
        }
        return Emits(graph, RuntimeKind.C, RuntimeKind.Tflm) ? DamageOutcome.Emitted
            : Emits(graph, RuntimeKind.Tflm) ? DamageOutcome.EmittedForTflm : DamageOutcome.Refused;
    }

    private static bool Emits(Graph graph, params RuntimeKind[] runtimes)
    {
        try
        {
            FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Damaged"), Budget.Unlimited) { Runtimes = [.. runtimes] });
            return true;
        }
        catch (TinyNasException problem)
        {
            Known(problem);
            return false;
        }
    }

    private static void Known(TinyNasException problem)
    {
        if (!Diagnostics.Contains(problem.Diagnostic.Code)) throw new InvalidOperationException($"{problem.Diagnostic.Code} is no diagnostic of a model: {problem.Message}", problem);
    }

    /// <summary>Small files as often as their emission is quicker.</summary>
    private static FileDamage Pick(IReadOnlyList<FileDamage> models, ref RandomStream random)
    {
        float point = random.NextSingle() * models.Sum(m => 1f / m.Length);
        foreach (FileDamage model in models)
            if ((point -= 1f / model.Length) < 0) return model;
        return models[^1];
    }
}
