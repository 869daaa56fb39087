using System.Collections.Immutable;
using System.Globalization;

namespace TinyNas.Data;

/// <summary>The order of classes where the data declare none: by number if all are whole numbers, else ordinal.</summary>
internal static class LabelTable
{
    public static ImmutableArray<string> Of(IEnumerable<string> labels)
    {
        string[] distinct = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = new long[distinct.Length];
        for (int i = 0; i < distinct.Length; i++)
            if (!long.TryParse(distinct[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return [.. distinct];
        // OrderBy is stable: "01" and "1" keep their ordinal order.
        return [.. Enumerable.Range(0, distinct.Length).OrderBy(i => numbers[i]).Select(i => distinct[i])];
    }
}
