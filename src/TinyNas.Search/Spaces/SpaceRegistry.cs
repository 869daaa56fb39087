using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// The spaces that <c>Space</c> may name. To add one: implement <see cref="ISearchSpace"/> in one file of this folder, add it to
/// <see cref="All"/>, inherit <c>SearchSpaceContract</c> in the tests, and name it in docs/strategies.md of TinyNas.Build.
/// </summary>
public static class SpaceRegistry
{
    public static ImmutableArray<ISearchSpace> All { get; } = [new NanoNasSpace(), new ColabNasSpace(), new EnasSpace(), new DsCnnSpace(), new MlpSpace()];

    /// <exception cref="TinyNasException">TNAS0002: no such space.</exception>
    public static ISearchSpace Find(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Space", name, $"known spaces: {string.Join(", ", All.Select(s => s.Name))}")
        { Setting = "Space" };
}
