namespace TinyNas.Generators;

/// <summary>Element types by their C# keyword.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element; 0 for anything that is no element type.</summary>
    public static int Size(string type) => type switch
    {
        "sbyte" or "byte" or "bool" => 1,
        "short" => 2,
        "int" or "float" => 4,
        "long" => 8,
        _ => 0,
    };

    public static int Minimum(string type) => type switch { "sbyte" => sbyte.MinValue, "short" => short.MinValue, "int" => int.MinValue, _ => 0 };

    public static int Maximum(string type) => type switch
    {
        "sbyte" => sbyte.MaxValue, "byte" => byte.MaxValue, "short" => short.MaxValue, _ => int.MaxValue,
    };
}
