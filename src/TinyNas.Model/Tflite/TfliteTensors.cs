using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>Tensors and their quantisation in .tflite tables.</summary>
internal static class TfliteTensors
{
    public static Tensor Read(FlatTable table, ReadOnlyMemory<byte>[] buffers)
    {
        string name = table.String(TfliteSchema.Tensor.Name);
        var type = (ElementType)table.Byte(TfliteSchema.Tensor.Type);
        if (!Enum.IsDefined(type)) throw new FlatBufferException($"tensor '{name}' has element type {(int)type}, which is not read here");
        int buffer = table.Int32(TfliteSchema.Tensor.Buffer);
        if ((uint)buffer >= (uint)buffers.Length) throw new FlatBufferException($"tensor '{name}' names a buffer that is not there");
        return new Tensor(name, type, [.. table.Int32s(TfliteSchema.Tensor.Shape)])
        {
            Data = buffers[buffer],
            IsVariable = table.Bool(TfliteSchema.Tensor.IsVariable),
            Quantization = table.Table(TfliteSchema.Tensor.Quantization) is { } q ? ReadQuantization(q, name) : null,
        };
    }

    public static int Write(FlatBufferBuilder builder, Tensor tensor, int buffer)
    {
        int name = builder.String(tensor.Name);
        int shape = builder.Int32s(tensor.Shape.AsSpan());
        int quantization = tensor.Quantization is { } q ? WriteQuantization(builder, q) : 0;
        builder.StartTable();
        builder.Offset(TfliteSchema.Tensor.Shape, shape);
        builder.Byte(TfliteSchema.Tensor.Type, (byte)tensor.Type);
        builder.Int32(TfliteSchema.Tensor.Buffer, buffer);
        builder.Offset(TfliteSchema.Tensor.Name, name);
        builder.Offset(TfliteSchema.Tensor.Quantization, quantization);
        builder.Bool(TfliteSchema.Tensor.IsVariable, tensor.IsVariable);
        return builder.EndTable();
    }

    private static Quantization? ReadQuantization(FlatTable table, string name)
    {
        if (table.Byte(TfliteSchema.Quantization.DetailsType) != 0)
            throw new FlatBufferException($"tensor '{name}' has a quantisation that is not affine");
        ImmutableArray<float> scales = [.. table.Singles(TfliteSchema.Quantization.Scale)];
        long[] zeroPoints = table.Int64s(TfliteSchema.Quantization.ZeroPoint);
        if (scales.IsEmpty) return null;
        if (zeroPoints.Length != scales.Length && zeroPoints.Length > 1)
            throw new FlatBufferException($"tensor '{name}' has {scales.Length} scales and {zeroPoints.Length} zero points");
        if (zeroPoints.Any(z => z is < int.MinValue or > int.MaxValue))
            throw new FlatBufferException($"tensor '{name}' has a zero point out of range");
        long common = zeroPoints.Length == 0 ? 0 : zeroPoints[0];
        return new Quantization(
            scales, [.. Enumerable.Range(0, scales.Length).Select(i => (int)(zeroPoints.Length == scales.Length ? zeroPoints[i] : common))],
            table.Int32(TfliteSchema.Quantization.QuantizedDimension));
    }

    private static int WriteQuantization(FlatBufferBuilder builder, Quantization q)
    {
        int scales = builder.Singles(q.Scales.AsSpan());
        int zeroPoints = builder.Int64s([.. q.ZeroPoints.Select(z => (long)z)]);
        builder.StartTable();
        builder.Offset(TfliteSchema.Quantization.Scale, scales);
        builder.Offset(TfliteSchema.Quantization.ZeroPoint, zeroPoints);
        // Some runtimes refuse a dimension other than 0 where there is one scale.
        builder.Int32(TfliteSchema.Quantization.QuantizedDimension, q.IsPerTensor ? 0 : q.Dimension);
        return builder.EndTable();
    }
}
