namespace TinyNas.Search.Tests;

/// <summary>The short form of the benchmark: medians of few seeds.</summary>
internal static class PublishedFunctions
{
    private const int Seeds = 15;

    public static void BeatsRandom(string strategy, TestFunction function, double budget)
    {
        double random = Regret.Of(function, "random", Seeds, budget)[Seeds / 2], guided = Regret.Of(function, strategy, Seeds, budget)[Seeds / 2];
        Assert.IsLessThan(random, guided, FormattableString.Invariant($"{function.Name}: {strategy} {guided}, random {random}"));
    }
}
