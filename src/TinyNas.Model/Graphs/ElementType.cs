namespace TinyNas.Model;

/// <summary>Element types of tensors; the values are those of the <c>TensorType</c> enumeration in .tflite files.</summary>
public enum ElementType : byte
{
    Float32 = 0,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    Bool = 6,
    Int16 = 7,
    Int8 = 9,
}

public static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
        ElementType.Int16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.Int64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
