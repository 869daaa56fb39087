using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using TinyNas.Model;

namespace TinyNas.Generators;

/// <summary>Reads the format that <c>BindingsWriter</c> in TinyNas.Deploy writes and documents.</summary>
internal sealed class BindingsParser
{
    public const int Version = 1;

    private readonly List<string> labels = [];
    private readonly List<Figure> figures = [];
    private readonly List<TensorModel> tensors = [];
    private readonly List<TableModel> tables = [];
    private readonly List<ParametersModel> parameters = [];
    private readonly List<PackedModel> packed = [];
    private readonly List<CallModel> calls = [];
    private readonly ArgumentParser arguments;
    private BindingsModel model = new("", null);
    private bool ended, hashed;

    private BindingsParser() => arguments = new ArgumentParser((kind, index) => kind switch
    {
        ArgumentKind.Tensor or ArgumentKind.Bytes => tensors.Any(t => t.Index == index),
        ArgumentKind.Table => tables.Any(t => t.Index == index),
        ArgumentKind.Parameters => index < parameters.Count,
        _ => index < packed.Count,
    });

    public static ParsedBindings Parse(string path, SourceText? text)
    {
        var parser = new BindingsParser();
        int line = 0;
        try
        {
            if (text is null) throw new DamagedFileException("it cannot be read");
            string header = LineAt(text, 0);
            if (header != $"tinynas-bindings {Version}")
                return header.StartsWith("tinynas-bindings ", StringComparison.Ordinal)
                    ? Failed(DiagnosticCatalogue.BindingsVersion, 0, header.Substring(17), $"{Version}")
                    : throw new DamagedFileException("its first line is not 'tinynas-bindings'");
            for (line = 1; line < text.Lines.Count && !parser.ended; line++)
                parser.Read(LineAt(text, line), text, line);
            parser.Finish();
            return new ParsedBindings(path, parser.model, null);
        }
        catch (DamagedFileException e)
        {
            return Failed(DiagnosticCatalogue.BindingsDamaged, line, path.Substring(path.LastIndexOfAny(['/', '\\']) + 1), e.Message);
        }

        ParsedBindings Failed(Diagnostic diagnostic, int at, params string[] values) =>
            new(path, null, new Problem(diagnostic, path, at, new EquatableArray<string>(values)));
    }

    private void Read(string line, SourceText text, int number)
    {
        var fields = new Fields(line);
        switch (fields.Next("a keyword"))
        {
            case "hash":
                CheckHash(fields.Next("the hash"), text, number + 1);
                hashed = true;
                break;
            case "stub": model = model with { IsStub = true }; break;
            case "name": model = model with { Name = fields.Text("the name") }; break;
            case "namespace": model = model with { Namespace = fields.Text("the namespace") }; break;
            case "classifier": model = model with { IsClassifier = true }; break;
            case "label": labels.Add(fields.Text("a label")); break;
            case "encoding": model = model with { Encoding = Encoding(fields) }; break;
            case "figure": figures.Add(new Figure(Name(fields.Next("a figure's name")), fields.Long("a figure"))); break;
            case "tensor": tensors.Add(Tensor(fields)); break;
            case "table": tables.Add(Table(fields)); break;
            case "parameters": parameters.Add(Parameters(fields)); break;
            case "packed": packed.Add(Packed(fields)); break;
            case "call": calls.Add(Call(fields)); break;
            case "copy": calls.Add(Copy(fields)); break;
            case "inputs": model = model with { Inputs = Ends(fields) }; break;
            case "outputs": model = model with { Outputs = Ends(fields) }; break;
            case "end": ended = true; break;
            case var keyword: throw new DamagedFileException($"'{keyword}' is no keyword");
        }
        if (!fields.AtEnd) throw new DamagedFileException("the line has too many fields");
    }

    private void Finish()
    {
        if (!ended) throw new DamagedFileException("its end is missing");
        if (model.Name.Length == 0) throw new DamagedFileException("its name is missing");
        model = model with
        {
            Labels = new(labels), Figures = new(figures), Tensors = new(tensors), Tables = new(tables),
            Parameters = new(parameters), Packed = new(packed), Calls = new(calls),
        };
        if (model.IsStub) return;
        if (!hashed) throw new DamagedFileException("its hash is missing");
        if (model.Inputs.Count == 0 || model.Outputs.Count == 0) throw new DamagedFileException("its inputs or outputs are missing");
        if (model.Labels.Count > 0 && model.Labels.Count != model.Tensor(model.Outputs[0]).Count)
            throw new DamagedFileException($"it has {model.Labels.Count} labels for {model.Tensor(model.Outputs[0]).Count} outputs");
        if (model.Encoding is { } encoding && model.Tensor(model.Inputs[0]).Count % encoding.Mean.Count != 0)
            throw new DamagedFileException("its encoding has another number of channels than its input");
    }

    private static EncodingModel Encoding(Fields fields)
    {
        var encoding = new EncodingModel(
            ElementType(fields.Next("the source type")), fields.Float("the scale"), fields.Int("the zero point"),
            fields.Floats("the means"), fields.Floats("the inverse deviations"));
        if (encoding.Mean.Count == 0 || encoding.Mean.Count != encoding.InverseDeviation.Count)
            throw new DamagedFileException("its encoding needs one mean and deviation per channel");
        return encoding;
    }

    private TensorModel Tensor(Fields fields)
    {
        int index = fields.Count("a tensor's index");
        if (tensors.Any(t => t.Index == index)) throw new DamagedFileException($"tensor {index} appears twice");
        string type = ElementType(fields.Next("a tensor's type"));
        EquatableArray<int> shape = fields.Ints("a shape");
        long count = 1;
        foreach (int dimension in shape)
            if (dimension <= 0 || (count *= dimension) > 1 << 28) throw new DamagedFileException("a shape is not that of a tensor");
        string scale = fields.Next("a scale");
        return new TensorModel(
            index, type, shape, scale == "-" ? null : Fields.Float(scale, "a scale"), fields.Int("a zero point"), fields.Text("a tensor's name"));
    }

    private TableModel Table(Fields fields)
    {
        var table = new TableModel(
            fields.Count("a table's index"), ElementType(fields.Next("a table's type")), fields.Count("a table's length"), fields.Next("a table's content"));
        if (tables.Any(t => t.Index == table.Index)) throw new DamagedFileException($"table {table.Index} appears twice");
        try
        {
            if (Convert.FromBase64String(table.Base64).Length != (long)table.Count * ElementTypes.Size(table.Type))
                throw new DamagedFileException($"table {table.Index} has another length");
        }
        catch (FormatException)
        {
            throw new DamagedFileException($"table {table.Index} is no Base64");
        }
        return table;
    }

    private ParametersModel Parameters(Fields fields)
    {
        if (fields.Count("an index") != parameters.Count) throw new DamagedFileException("parameters are not in order");
        ArgumentModel value = arguments.Next(fields);
        return value.Kind == ArgumentKind.Structure ? new ParametersModel(parameters.Count, value) : throw new DamagedFileException("parameters must be a structure");
    }

    private PackedModel Packed(Fields fields)
    {
        if (fields.Count("an index") != packed.Count) throw new DamagedFileException("packed filters are not in order");
        string kernel = Kernel(fields.Next("a kernel"));
        ArgumentModel by = arguments.Next(fields), table = arguments.Next(fields);
        return by.Kind == ArgumentKind.Parameters && table.Kind == ArgumentKind.Table
            ? new PackedModel(packed.Count, kernel, by.Index, table.Index) : throw new DamagedFileException("a packed filter needs parameters and a table");
    }

    private CallModel Call(Fields fields)
    {
        string @operator = Name(fields.Next("an operator")), kernel = Kernel(fields.Next("a kernel")), method = Name(fields.Next("a method"));
        int output = fields.Count("an output");
        if (tensors.All(t => t.Index != output)) throw new DamagedFileException($"tensor {output} is missing");
        EquatableArray<ArgumentModel> all = arguments.All(fields);
        if (all.Any(a => a.Kind == ArgumentKind.Scratch) && all.All(a => a.Kind != ArgumentKind.Parameters))
            throw new DamagedFileException("a call with scratch needs parameters");
        return new CallModel(@operator, kernel, method, output, all);
    }

    /// <summary>An operator that only gives its input another shape: no kernel.</summary>
    private CallModel Copy(Fields fields)
    {
        string @operator = Name(fields.Next("an operator"));
        ArgumentModel from = arguments.Next(fields), to = arguments.Next(fields);
        if (from.Kind != ArgumentKind.Tensor || to.Kind != ArgumentKind.Tensor) throw new DamagedFileException("a copy needs two tensors");
        TensorModel source = tensors.First(t => t.Index == from.Index), target = tensors.First(t => t.Index == to.Index);
        if (source.Type != target.Type || source.Count != target.Count) throw new DamagedFileException("a copy's tensors differ in type or size");
        return new CallModel(@operator, "", "", to.Index, new([from, to]));
    }

    private static string Kernel(string name) =>
        ArgumentParser.IsName(name) && KernelLibrary.Declares(name) ? name : throw new DamagedFileException($"this version has no kernel '{name}'");

    private EquatableArray<int> Ends(Fields fields)
    {
        EquatableArray<int> ends = fields.Ints("a list of tensors");
        foreach (int index in ends)
            if (tensors.All(t => t.Index != index)) throw new DamagedFileException($"tensor {index} is missing");
        return ends;
    }

    private static void CheckHash(string expected, SourceText text, int start)
    {
        using var hash = SHA256.Create();
        var content = new StringBuilder();
        for (int i = start; i < text.Lines.Count; i++)
            // The text after the last line end is an empty line of Roslyn's, none of the file's.
            if (i < text.Lines.Count - 1 || text.Lines[i].Span.Length > 0) content.Append(LineAt(text, i)).Append('\n');
        byte[] actual = hash.ComputeHash(System.Text.Encoding.UTF8.GetBytes(content.ToString()));
        if (!string.Equals(expected, string.Concat(actual.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))), StringComparison.Ordinal))
            throw new DamagedFileException("its content does not match its hash");
    }

    private static string Name(string field) => ArgumentParser.IsName(field) ? field : throw new DamagedFileException($"'{field}' is no name");

    private static string ElementType(string field) =>
        ElementTypes.Size(field) > 0 ? field : throw new DamagedFileException($"'{field}' is no element type");

    private static string LineAt(SourceText text, int line) => text.ToString(text.Lines[line].Span);
}
