using System.Globalization;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>How documentation comments speak of a tensor.</summary>
internal static class TensorText
{
    /// <summary>int8[1, 50, 50, 3] and the like.</summary>
    public static string Describe(TensorModel tensor) => $"{Type(tensor.Type)}[{Shape(tensor)}]";

    public static string Shape(TensorModel tensor) => string.Join(", ", tensor.Shape.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    /// <summary>With the meaning of its numbers.</summary>
    public static string Quantised(TensorModel tensor) => tensor.Scale is { } scale
        ? $"{Describe(tensor)}; real = {Literals.Float(scale).TrimEnd('f')} * {Difference(tensor.ZeroPoint)}"
        : Describe(tensor);

    private static string Difference(int zeroPoint) => zeroPoint == 0 ? "q" : zeroPoint < 0
        ? $"(q + {(-(long)zeroPoint).ToString(CultureInfo.InvariantCulture)})" : $"(q - {zeroPoint.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>The name that the field uses for an element type, from the C# keyword.</summary>
    public static string Type(string keyword) => keyword switch
    {
        "sbyte" => "int8",
        "byte" => "uint8",
        "short" => "int16",
        "int" => "int32",
        "long" => "int64",
        "float" => "float32",
        _ => keyword,
    };
}
