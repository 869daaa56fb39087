using System;
using System.Collections.Generic;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>The lines of a bindings file that make up the network. What a line refers to must stand further up.</summary>
internal sealed class NetworkLines
{
    /// <summary>No activation of a microcontroller's network is larger; a damaged shape must not make the class allocate it.</summary>
    private const long LargestTensor = 1 << 28;

    private readonly List<TensorModel> tensors = [];
    private readonly List<TableModel> tables = [];
    private readonly List<ParametersModel> parameters = [];
    private readonly List<PackedModel> packed = [];
    private readonly List<CallModel> calls = [];
    private readonly List<StateModel> states = [];
    private readonly ArgumentParser arguments;
    private EquatableArray<int> inputs = EquatableArray<int>.Empty, outputs = EquatableArray<int>.Empty;

    public NetworkLines() => arguments = new ArgumentParser((kind, index) => kind switch
    {
        ArgumentKind.Tensor or ArgumentKind.Bytes => HasTensor(index),
        ArgumentKind.Table => tables.Any(t => t.Index == index),
        ArgumentKind.Parameters => index < parameters.Count,
        _ => index < packed.Count,
    });

    /// <summary>Reads the line if it is one of the network's.</summary>
    public bool TryRead(string keyword, Fields fields)
    {
        switch (keyword)
        {
            case "tensor": tensors.Add(Tensor(fields)); return true;
            case "table": tables.Add(Table(fields)); return true;
            case "parameters": parameters.Add(Parameters(fields)); return true;
            case "packed": packed.Add(Packed(fields)); return true;
            case "call": calls.Add(Call(fields)); return true;
            case "part": calls.Add(Call(fields) with { IsPart = true }); return true;
            case "state": states.Add(State(fields)); return true;
            case "copy": calls.Add(Copy(fields)); return true;
            case "inputs": inputs = Ends(fields); return true;
            case "outputs": outputs = Ends(fields); return true;
            default: return false;
        }
    }

    public BindingsModel AddTo(BindingsModel model)
    {
        if (!model.IsStub && (inputs.Count == 0 || outputs.Count == 0)) throw new DamagedFileException("its inputs or outputs are missing");
        return model with
        {
            Tensors = new(tensors), Tables = new(tables), Parameters = new(parameters), Packed = new(packed), Calls = new(calls), States = new(states),
            Inputs = inputs, Outputs = outputs,
        };
    }

    private TensorModel Tensor(Fields fields)
    {
        int index = fields.Count("a tensor's index");
        if (HasTensor(index)) throw new DamagedFileException($"tensor {index} appears twice");
        string type = fields.ElementType("a tensor's type");
        EquatableArray<int> shape = fields.Ints("a shape");
        long count = 1;
        foreach (int dimension in shape)
            if (dimension <= 0 || (count *= dimension) > LargestTensor) throw new DamagedFileException("a shape is not that of a tensor");
        string scale = fields.Next("a scale");
        return new TensorModel(
            index, type, shape, scale == "-" ? null : Fields.Float(scale, "a scale"), fields.Int("a zero point"), fields.Text("a tensor's name"));
    }

    private TableModel Table(Fields fields)
    {
        var table = new TableModel(
            fields.Count("a table's index"), fields.ElementType("a table's type"), fields.Count("a table's length"), fields.Next("a table's content"));
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
        string kernel = fields.Kernel();
        ArgumentModel by = arguments.Next(fields), table = arguments.Next(fields);
        return by.Kind == ArgumentKind.Parameters && table.Kind == ArgumentKind.Table
            ? new PackedModel(packed.Count, kernel, by.Index, table.Index) : throw new DamagedFileException("a packed filter needs parameters and a table");
    }

    private CallModel Call(Fields fields)
    {
        string @operator = fields.Name("an operator"), kernel = fields.Kernel(), method = fields.Name("a method");
        int output = fields.Count("an output");
        if (!HasTensor(output)) throw new DamagedFileException($"tensor {output} is missing");
        EquatableArray<ArgumentModel> all = arguments.All(fields);
        if (all.Any(a => a.Kind == ArgumentKind.Scratch) && all.All(a => a.Kind != ArgumentKind.Parameters))
            throw new DamagedFileException("a call with scratch needs parameters");
        return new CallModel(@operator, kernel, method, output, all);
    }

    /// <summary>An operator that only gives its input another shape: no kernel.</summary>
    private CallModel Copy(Fields fields)
    {
        string @operator = fields.Name("an operator");
        ArgumentModel from = arguments.Next(fields), to = arguments.Next(fields);
        if (from.Kind != ArgumentKind.Tensor || to.Kind != ArgumentKind.Tensor) throw new DamagedFileException("a copy needs two tensors");
        TensorModel source = tensors.First(t => t.Index == from.Index), target = tensors.First(t => t.Index == to.Index);
        if (source.Type != target.Type || source.Count != target.Count) throw new DamagedFileException("a copy's tensors differ in type or size");
        return new CallModel(@operator, "", "", to.Index, new([from, to]));
    }

    private StateModel State(Fields fields)
    {
        ArgumentModel tensor = arguments.Next(fields);
        int fill = fields.Count("a byte");
        return tensor.Kind == ArgumentKind.Tensor && fill <= byte.MaxValue ? new StateModel(tensor.Index, fill) : throw new DamagedFileException("a state needs a tensor and a byte");
    }

    private EquatableArray<int> Ends(Fields fields)
    {
        EquatableArray<int> ends = fields.Ints("a list of tensors");
        foreach (int index in ends)
            if (!HasTensor(index)) throw new DamagedFileException($"tensor {index} is missing");
        return ends;
    }

    private bool HasTensor(int index) => tensors.Any(t => t.Index == index);
}
