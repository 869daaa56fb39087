using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TinyNas.Generators;

/// <summary>
/// One typed class per bindings file (an additional file of TinyNasKind "Bindings"), and once per assembly the kernels that
/// these classes call. Opens no file and decides nothing about networks: what to compute stands in the bindings file.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class BindingsGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => BindingsFile.Is(pair.Right, pair.Left))
            .Select(static (pair, _) => BindingsFile.Of(pair.Right, pair.Left))
            .WithTrackingName(StepNames.Files)
            .Select(static (file, cancellation) => file.Parse(cancellation))
            .WithTrackingName(StepNames.Models);

        var consumer = context.CompilationProvider.Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => Consumer.Of(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Consumer);

        var clashes = models.Select(static (parsed, _) => ClassKey.Of(parsed)).Collect()
            .Select(static (keys, _) => ClassKey.Clashing(keys))
            .WithTrackingName(StepNames.Clashes);

        var kernels = models.Select(static (parsed, _) => KernelTypes(parsed)).Collect()
            .Select(static (types, _) => new EquatableArray<string>(types.SelectMany(t => t).Distinct().OrderBy(t => t, System.StringComparer.Ordinal)))
            .WithTrackingName(StepNames.Kernels);

        context.RegisterSourceOutput(models.Combine(consumer).Combine(clashes), static (output, input) =>
            EmitModel(output, input.Left.Left, input.Left.Right, input.Right));
        context.RegisterSourceOutput(kernels.Combine(consumer), static (output, input) => EmitKernels(output, input.Left, input.Right));
    }

    private static void EmitModel(SourceProductionContext output, ParsedBindings parsed, Consumer consumer, EquatableArray<ClassKey> clashing)
    {
        if (ModelChecks.Find(parsed, consumer, clashing) is { } problem)
        {
            output.ReportDiagnostic(Descriptors.At(problem));
            return;
        }
        ClassKey key = ClassKey.Of(parsed)!;
        Add(output, key.HintName, ModelClass.Write(parsed.Model!, key.Namespace, KernelSource.Namespace(consumer.AssemblyName)));
    }

    private static void EmitKernels(SourceProductionContext output, EquatableArray<string> types, Consumer consumer)
    {
        if (consumer.Shortfall is not null) return;
        foreach (KernelFile file in KernelLibrary.Closure(types))
            Add(output, $"Kernel.{file.Name.Replace(".cs", ".g.cs")}", KernelSource.Transform(file, KernelSource.Namespace(consumer.AssemblyName)));
    }

    private static EquatableArray<string> KernelTypes(ParsedBindings parsed) => parsed.Model is { } model
        ? new(model.Calls.Select(c => c.Kernel).Where(k => k.Length > 0).Concat(model.Parameters.Select(p => p.Value.Text))) : EquatableArray<string>.Empty;

    private static void Add(SourceProductionContext output, string hintName, string source) =>
        output.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
}
