using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TinyNas.Deploy;

/// <summary>
/// Turns a model into the files of its firmware folder. The files are a function of the request and this package's version
/// alone: no date, path, duration or machine is in them.
/// </summary>
public static class FirmwareEmitter
{
    /// <exception cref="Model.TinyNasException">
    /// TNAS0302 (operator without a kernel), TNAS0310 (name), TNAS0312 (template of the user's), TNAS0220 (over budget).
    /// </exception>
    public static IReadOnlyList<EmittedFile> Emit(EmissionRequest request)
    {
        var model = new EmissionModel(request);
        BudgetCheck.Check(request, model.Plan, model.Estimate);
        string n = model.Names.Snake;
        var files = new List<EmittedFile> { new($"{n}.tflite", model.Tflite) };
        if (request.Runtimes.Contains(RuntimeKind.C)) files.AddRange(C(model));
        if (request.Runtimes.Contains(RuntimeKind.Tflm)) files.AddRange(TflmText.Files(model));
        files.AddRange(ProjectFiles.Of(model, [.. files]));
        files.Add(Text("report.html", ReportText.Render(model)));
        files.Add(Text("summary.md", SummaryText.Render(model)));
        files.Add(Text($"{n}.manifest.json", Manifest.Render(model, files)));
        return files;
    }

    private static IEnumerable<EmittedFile> C(EmissionModel model)
    {
        string n = model.Names.Snake;
        var source = new CSource(model.Names, model.Graph, model.Plan);
        foreach (EmissionStep step in model.Steps) OperatorEmitters.Of(step).Emit(step, source);
        yield return Text($"{n}.h", model.Renderer.Render("model.h", model.Values(
            ("macros", model.Text.Macros()),
            ("inputDeclarations", model.Text.Declarations("input")),
            ("outputDeclarations", model.Text.Declarations("output")))));
        yield return Text($"{n}.c", model.Renderer.Render("model.c", model.Values(
            ("kernels", KernelText.Render(model.Renderer, model.Names, source)),
            ("math", source.Kernels.Contains(Kernel.LogSoftmax)),
            ("reset", source.Reset()),
            ("constants", source.Constants),
            ("accessors", model.Text.Accessors()),
            ("invoke", source.Calls))));
        yield return Text($"{n}_selftest.c", SelfTestText.Render(model));
    }

    internal static EmittedFile Text(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));
}
