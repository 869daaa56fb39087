using System.Reflection;

namespace TinyNas.Deploy;

/// <summary>
/// A parameter structure as an argument: <c>{Window InputHeight= 50 … }</c>. The structures are positional records of integers,
/// truth values and further structures; reading them through their constructor leaves no member to be forgotten.
/// </summary>
internal static class StructureText
{
    public static string Of(object structure)
    {
        Type type = structure.GetType();
        ParameterInfo[] members = type.GetConstructors().Single(c => c.GetParameters().Length > 0).GetParameters();
        return $"{{{type.Name} {string.Concat(members.Select(m => $"{m.Name}= {Value(type.GetProperty(m.Name!)!.GetValue(structure)!)} "))}}}";
    }

    public static string Value(object value) => value switch
    {
        int number => BindingsText.Number(number),
        float number => $"x{BindingsText.Number(number)}",
        bool truth => truth ? "true" : "false",
        _ when value.GetType().IsValueType && !value.GetType().IsPrimitive => Of(value),
        _ => throw new NotSupportedException($"{value.GetType().Name} has no form in a bindings file."),
    };
}
