using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>A strategy by name: what people read, and how it is made for one search.</summary>
/// <param name="Trials">Networks after which a search ends that sets neither <c>Trials</c> nor <c>TimeLimit</c>; null: the strategy itself ends.</param>
public sealed record StrategyEntry(string Name, string Description, Func<StrategyContext, ISearchStrategy> Create, int? Trials = null);

/// <summary>
/// The strategies that <c>Strategy</c> may name. To add one: implement <see cref="ISearchStrategy"/> in one file of this folder, add an
/// entry to <see cref="All"/>, inherit <c>SearchStrategyContract</c> in the tests, and name it in docs/strategies.md of TinyNas.Build.
/// </summary>
public static class StrategyRegistry
{
    public static ImmutableArray<StrategyEntry> All { get; } =
    [
        new("auto", "The best known here; at present nanonas with patience (it goes on past two depths and two widths that do not help) where the space has k and c, else evolution.",
            context => IsOfKAndC(context.Space) ? new NanoNasStrategy(context, patience: 2) : new EvolutionStrategy(context), EvolutionStrategy.DefaultTrials),
        new("nanonas", "Depth grows while accuracy does, then width, until neither helps (the Occam loop of NanoNAS).",
            context => new NanoNasStrategy(OfKAndC(context, "nanonas"))),
        new("colabnas", "From 4 and 8 filters, doubled or halved while accuracy gains; each time depth grows while accuracy does (ColabNAS).",
            context => new ColabNasStrategy(OfKAndC(context, "colabnas"))),
        new("evolution", "Aging evolution with scalarisations drawn at random (uNAS).", context => new EvolutionStrategy(context), EvolutionStrategy.DefaultTrials),
        new("gp-ucb", "Bayesian optimisation: Gaussian process, upper confidence bound, hallucinated batches (Mango).",
            context => new GpUcbStrategy(context), GpUcbStrategy.DefaultTrials),
        new("hyperband", "Many short trainings, the best third of them longer, in brackets from short to full (Hyperband).",
            context => new HyperbandStrategy("hyperband", context, new FeasibleProposals(context)), HyperbandStrategy.DefaultTrials),
        new("bohb", "Hyperband on configurations drawn where good ones were dense (BOHB).",
            context => new HyperbandStrategy("bohb", context, new DensityProposals(context)), HyperbandStrategy.DefaultTrials),
        new("asha", "Successive halving in which no worker waits (ASHA).", context => new AshaStrategy(context), AshaStrategy.DefaultTrials),
        new("svm-cbo", "Bayesian optimisation that learns which configurations turn out to be of no use (SVM-CBO, AutoTinyML).",
            context => new SvmCboStrategy(context), SvmCboStrategy.DefaultTrials),
        new("mobo", "Bayesian optimisation of accuracy and every budget at once, by weights drawn at random; morphisms of the Pareto front (SpArSe).",
            context => new MultiObjectiveStrategy(context), MultiObjectiveStrategy.DefaultTrials),
        new("tinynas", "First the input resolution and width whose fitting networks compute most, without training; then evolution inside (MCUNet).",
            context => new TinyNasStrategy(context), TinyNasStrategy.DefaultTrials),
        new("halving", "Networks of all sizes trained shortly, the best longer; what is one step from them; a second seed; then the smallest that is as good.",
            context => new HalvingStrategy(context)),
        new("random", "Whatever fits, without repetition.", context => new RandomStrategy(context), RandomStrategy.PublishedTrials),
        new("grid", "Everything that fits, in order.", context => new GridStrategy(context)),
    ];

    /// <exception cref="TinyNasException">TNAS0002: no such strategy.</exception>
    public static StrategyEntry Find(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Strategy", name, $"known strategies: {string.Join(", ", All.Select(s => s.Name))}")
        { Setting = "Strategy" };

    private static bool IsOfKAndC(ISearchSpace space) => space.Parameters.All.Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(["c", "k"]);

    /// <exception cref="TinyNasException">TNAS0002: the strategy cannot search this space.</exception>
    private static StrategyContext OfKAndC(StrategyContext context, string strategy) => IsOfKAndC(context.Space) ? context
        : throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Strategy", strategy,
            $"it grows k and c, which the space '{context.Space.Name}' does not have; use it with {string.Join(" or ", SpaceRegistry.All.Where(IsOfKAndC).Select(s => s.Name))}")
        { Setting = "Strategy" };
}
