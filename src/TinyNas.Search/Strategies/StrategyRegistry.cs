using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>A strategy by name: what people read, and how it is made for one search.</summary>
public sealed record StrategyEntry(string Name, string Description, Func<StrategyContext, ISearchStrategy> Create);

/// <summary>
/// The strategies that <c>Strategy</c> may name. To add one: implement <see cref="ISearchStrategy"/> in one file of this folder, add an
/// entry to <see cref="All"/>, inherit <c>SearchStrategyContract</c> in the tests, and name it in docs/strategies.md of TinyNas.Build.
/// </summary>
public static class StrategyRegistry
{
    public static ImmutableArray<StrategyEntry> All { get; } =
    [
        new("auto", "The best known here; at present nanonas with patience: it goes on past two depths and two widths that do not help.",
            context => new NanoNasStrategy(context, patience: 2)),
        new("nanonas", "Depth grows while accuracy does, then width, until neither helps (the Occam loop of NanoNAS).", context => new NanoNasStrategy(context)),
    ];

    /// <exception cref="TinyNasException">TNAS0002: no such strategy.</exception>
    public static StrategyEntry Find(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Strategy", name, $"known strategies: {string.Join(", ", All.Select(s => s.Name))}")
        { Setting = "Strategy" };
}
