using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;
using TinyNas.Model;

namespace TinyNas.Generators;

/// <summary>Reads the format that <c>BindingsWriter</c> in TinyNas.Deploy writes and documents.</summary>
internal sealed class BindingsParser
{
    private const string Magic = "tinynas-bindings ", Version = "1";

    private readonly List<string> labels = [];
    private readonly List<Figure> figures = [];
    private readonly NetworkLines network = new();
    private BindingsModel model = new("", null);
    private bool ended, hashed;

    public static ParsedBindings Parse(string path, SourceText? text)
    {
        var parser = new BindingsParser();
        int line = 0;
        try
        {
            if (text is null) throw new DamagedFileException("it cannot be read");
            string header = LineAt(text, 0);
            if (!header.StartsWith(Magic, StringComparison.Ordinal)) throw new DamagedFileException("its first line is not 'tinynas-bindings'");
            if (header.Substring(Magic.Length) is var version && version != Version) return Failed(DiagnosticCatalogue.BindingsVersion, 0, version, Version);
            for (line = 1; line < text.Lines.Count && !parser.ended; line++) parser.Read(LineAt(text, line), text, line);
            return new ParsedBindings(path, parser.Finish(), null);
        }
        catch (DamagedFileException e)
        {
            return Failed(DiagnosticCatalogue.BindingsDamaged, line, path.Substring(path.LastIndexOfAny(['/', '\\']) + 1), e.Message);
        }

        ParsedBindings Failed(Diagnostic diagnostic, int at, params string[] values) => new(path, null, new Problem(diagnostic, path, at, new(values)));
    }

    private void Read(string line, SourceText text, int number)
    {
        var fields = new Fields(line);
        switch (fields.Next("a keyword"))
        {
            case "hash":
                if (!ContentHash.Matches(fields.Next("the hash"), text, number + 1)) throw new DamagedFileException("its content does not match its hash");
                hashed = true;
                break;
            case "stub": model = model with { IsStub = true, StubReason = fields.AtEnd ? "" : fields.Text("the reason") }; break;
            case "name": model = model with { Name = fields.Text("the name") }; break;
            case "namespace": model = model with { Namespace = fields.Text("the namespace") }; break;
            case "classifier": model = model with { IsClassifier = true }; break;
            case "label": labels.Add(fields.Text("a label")); break;
            case "encoding": model = model with { Encoding = Encoding(fields) }; break;
            case "figure": figures.Add(new Figure(fields.Name("a figure"), fields.Long("a figure"))); break;
            case "end": ended = true; break;
            case var keyword when network.TryRead(keyword, fields): break;
            case var keyword: throw new DamagedFileException($"'{keyword}' is no keyword");
        }
        if (!fields.AtEnd) throw new DamagedFileException("the line has too many fields");
    }

    private BindingsModel Finish()
    {
        if (!ended) throw new DamagedFileException("its end is missing");
        if (model.Name.Length == 0) throw new DamagedFileException("its name is missing");
        BindingsModel whole = network.AddTo(model with { Labels = new(labels), Figures = new(figures) });
        if (whole.IsStub) return whole;
        if (!hashed) throw new DamagedFileException("its hash is missing");
        int outputs = whole.Tensor(whole.Outputs[0]).Count;
        if (labels.Count > 0 && labels.Count != outputs) throw new DamagedFileException($"it has {labels.Count} labels for {outputs} outputs");
        if (whole.Encoding is { } encoding && whole.Tensor(whole.Inputs[0]).Count % encoding.Mean.Count != 0)
            throw new DamagedFileException("its encoding has another number of channels than its input");
        return whole;
    }

    private static EncodingModel Encoding(Fields fields)
    {
        var encoding = new EncodingModel(
            fields.ElementType("the source type"), fields.Float("the scale"), fields.Int("the zero point"),
            fields.Floats("the means"), fields.Floats("the inverse deviations"));
        if (encoding.Mean.Count == 0 || encoding.Mean.Count != encoding.InverseDeviation.Count)
            throw new DamagedFileException("its encoding needs one mean and deviation per channel");
        return encoding;
    }

    private static string LineAt(SourceText text, int line) => text.ToString(text.Lines[line].Span);
}
