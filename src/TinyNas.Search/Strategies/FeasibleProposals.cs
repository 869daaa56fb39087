using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// What is left to propose of a space: configurations that fit and have not been taken yet. A small space is drawn from without
/// replacement, so that the search ends exactly when nothing is left; a large one by rejection.
/// </summary>
internal sealed class FeasibleProposals(StrategyContext context) : IProposalSource
{
    /// <summary>Spaces up to this size are listed.</summary>
    private const int MostListed = 4096;

    /// <summary>Draws in a row that do not fit, after which a large space is taken to hold nothing more.</summary>
    private const int MostRejections = 5000;

    private readonly HashSet<Configuration> taken = [];
    private readonly Queue<Configuration>? listed = List(context);
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("feasible proposals"));

    public bool TryTake(Configuration configuration) => !taken.Contains(configuration) && context.Fits(configuration) && taken.Add(configuration);

    /// <summary>Takes one at random; null where none is left.</summary>
    public Configuration? Take()
    {
        if (listed is not null)
        {
            while (listed.TryDequeue(out Configuration? next))
                if (TryTake(next)) return next;
            return null;
        }
        for (int i = 0; i < MostRejections; i++)
            if (context.Space.Parameters.Sample(ref random) is var drawn && TryTake(drawn)) return drawn;
        return null;
    }

    /// <summary>Chance does not learn.</summary>
    public void Tell(TrialResult result)
    {
    }

    private static Queue<Configuration>? List(StrategyContext context)
    {
        ParameterSet parameters = context.Space.Parameters;
        if (!parameters.IsDiscrete) return null;
        Configuration[] all = [.. parameters.Enumerate(resolution: 1).Take(MostListed + 1)];
        if (all.Length > MostListed) return null;
        RandomStream.Create(context.Seed, RandomStream.KeyOf("order of a listed space")).Shuffle<Configuration>(all);
        return new Queue<Configuration>(all);
    }
}
