using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>Operators and their options in .tflite tables.</summary>
internal static class TfliteOperators
{
    private const OperatorCode Custom = (OperatorCode)32;

    public static Operator Read(FlatTable table, FlatTable[] codes, ImmutableArray<Tensor> tensors, ReadOnlyMemory<byte> file)
    {
        int index = table.Int32(TfliteSchema.Operator.OpcodeIndex);
        if ((uint)index >= (uint)codes.Length) throw new FlatBufferException("an operator names a code that is not there");
        int[] inputs = table.Int32s(TfliteSchema.Operator.Inputs), outputs = table.Int32s(TfliteSchema.Operator.Outputs);
        OperatorCode code = Code(codes[index], outputs.Length > 0 && (uint)outputs[0] < (uint)tensors.Length ? tensors[outputs[0]].Name : "?");
        return new Operator(code, [.. inputs], [.. outputs], Enum.IsDefined(code) ? ReadOptions(table, code) : new OpaqueOptions(file, CustomName(codes[index], code)))
        {
            Version = codes[index].Int32(TfliteSchema.OperatorCode.Version, 1),
        };
    }

    public static int Write(FlatBufferBuilder builder, Operator o, int codeIndex)
    {
        int inputs = builder.Int32s(o.Inputs.AsSpan()), outputs = builder.Int32s(o.Outputs.AsSpan());
        OptionsCodec? codec = OptionsCodecs.Table.GetValueOrDefault(o.Code);
        int options = 0;
        if (codec is not null)
        {
            int prepared = codec.Prepare?.Invoke(builder, o.Options) ?? 0;
            builder.StartTable();
            codec.Write(builder, o.Options, prepared);
            options = builder.EndTable();
        }
        builder.StartTable();
        builder.Int32(TfliteSchema.Operator.OpcodeIndex, codeIndex);
        builder.Offset(TfliteSchema.Operator.Inputs, inputs);
        builder.Offset(TfliteSchema.Operator.Outputs, outputs);
        builder.Byte(TfliteSchema.Operator.OptionsType, codec?.UnionType ?? 0);
        builder.Offset(TfliteSchema.Operator.Options, options);
        return builder.EndTable();
    }

    /// <summary>Files carry the number twice: in a byte, and, since numbers have passed 127, in an integer.</summary>
    private static OperatorCode Code(FlatTable table, string output)
    {
        int number = Math.Max(
            (sbyte)table.Byte(TfliteSchema.OperatorCode.DeprecatedBuiltinCode), table.Int32(TfliteSchema.OperatorCode.BuiltinCode));
        var code = (OperatorCode)number;
        if (!OperatorNames.Has(code)) throw new TinyNasException(DiagnosticCatalogue.OperatorUnsupported, code.Name(), output, "it is not known here");
        return code;
    }

    private static string CustomName(FlatTable table, OperatorCode code)
    {
        string name = code == Custom ? table.String(TfliteSchema.OperatorCode.CustomCode) : "";
        return code != Custom || name.Length > 0 ? name : throw new FlatBufferException("a custom operator has no name");
    }

    private static OperatorOptions ReadOptions(FlatTable table, OperatorCode code)
    {
        if (!OptionsCodecs.Table.TryGetValue(code, out OptionsCodec? codec)) return OperatorOptions.None;
        int kind = table.Byte(TfliteSchema.Operator.OptionsType);
        if (kind == codec.UnionType && table.Table(TfliteSchema.Operator.Options) is { } options) return codec.Read(options);
        if (kind is not 0 && kind != codec.UnionType) throw new FlatBufferException($"{code.Name()} has the options of another operator");
        return codec.Default ?? throw new FlatBufferException($"{code.Name()} has no options");
    }
}
