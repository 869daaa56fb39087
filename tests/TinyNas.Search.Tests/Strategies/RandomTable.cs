using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>Rising scores with noise; the table ends at k = <c>most</c>, c = 6 and has holes.</summary>
internal static class RandomTable
{
    public static ResultTable Create(ulong seed, int most)
    {
        var random = new RandomStream(seed, 1);
        var entries = new List<string>();
        for (int k = 1; k <= most; k++)
            for (int c = 0; c <= 6; c++)
                if (random.NextDouble() < 0.97)
                    entries.Add(FormattableString.Invariant($$"""{"config":{"k":{{k}},"c":{{c}}},"score":{{0.03 * k + 0.1 * c + 0.2 * random.NextDouble()}}}"""));
        return ResultTable.Parse($$"""{"space":"nanonas","results":[{{string.Join(',', entries)}}]}""", "table");
    }
}
