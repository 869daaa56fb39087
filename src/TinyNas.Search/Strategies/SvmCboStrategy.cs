using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Bayesian optimisation where some configurations turn out to be of no use and nothing says so beforehand: a vendor's compiler, a board, an
/// agreement that is measured after training (SVM-CBO, Candelieri 2019; AutoTinyML). Phase 0 is a Latin hypercube; phase 1 looks for the boundary of
/// what is feasible, near it and far from what is known; phase 2 minimises a lower confidence bound within what a support vector
/// machine takes for feasible, fitted anew after every result.
/// <para>
/// Departures from the published code. What is known before training (RAM, flash, MACs) is asked, not learnt. The distance to the boundary is
/// the machine's own, with the kernel it was trained with and its intercept; the search within phase 2 does narrow down, and goes back
/// to the boundary now and then; classes weigh alike. Where all designs were feasible there is no boundary to look for; where none was, the design goes on.
/// </para>
/// </summary>
public sealed class SvmCboStrategy(StrategyContext context) : ISearchStrategy
{
    internal const int DefaultTrials = 100;

    private const int Designs = 20, BoundaryTrials = 40;
    /// <summary>One in how many trials of phase 2 looks at the boundary still: there may be feasible regions that no design met.</summary>
    private const int BoundaryShare = 3;

    private const double Cost = 10, Pessimism = 1.96;

    /// <summary>Candidates at random, and around the best of them or of the results at each of the radii.</summary>
    private const int Draws = 300, NearDraws = 100;

    private static readonly double[] Radii = [0.1, 0.03, 0.01];

    private readonly FeasibleProposals proposals = new(context);
    private readonly List<double[]> points = [];
    private readonly List<bool> labels = [];
    private readonly List<TrialResult> feasible = [];
    private readonly ProcessFitter fitter = new(context.Space.Parameters);
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("svm-cbo"));
    private readonly Queue<Configuration> design = [];
    private int asked;

    public string Name => "svm-cbo";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = Next() ?? proposals.Take();
        IsFinished = next is null;
        asked++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        Best = result.BetterOf(Best);
        points.Add(context.Space.Parameters.Encode(result.Configuration));
        labels.Add(result.Outcome == TrialOutcome.Completed);
        if (result.Outcome == TrialOutcome.Completed) feasible.Add(result);
    }

    private Configuration? Next()
    {
        if (asked < Designs || feasible.Count == 0) return Design();
        if (feasible.Count == points.Count) return Promising(null);
        double variance = Variance();
        var machine = new SupportVectorMachine(points, labels, Gamma(variance), Cost);
        return asked < Designs + BoundaryTrials || asked % BoundaryShare == 0 ? Boundary(machine, variance) : Promising(machine);
    }

    private Configuration? Design()
    {
        if (design.Count == 0)
            foreach (double[] point in LatinHypercube.Draw(Designs, context.Space.Parameters.All.Length, ref random))
                design.Enqueue(context.Space.Parameters.At(point));
        while (design.TryDequeue(out Configuration? next))
            if (proposals.TryTake(next)) return next;
        return null;
    }

    /// <summary>Least coverage by what is known plus distance from the boundary.</summary>
    private Configuration? Boundary(SupportVectorMachine machine, double variance)
    {
        // While hardly anything is feasible, a boundary around it tells less than another such region would.
        double weight = Math.Min(1, 2.0 * feasible.Count / points.Count);
        return Draw().Select(c => (Configuration: c, Point: context.Space.Parameters.Encode(c)))
            .OrderBy(c => Coverage(c.Point, variance) + weight * Math.Abs(machine.Margin(c.Point)))
            .Select(c => c.Configuration).FirstOrDefault(proposals.TryTake);
    }

    private Configuration? Promising(SupportVectorMachine? machine)
    {
        GaussianProcess process = fitter.Fit(feasible);
        var candidates = new List<(Configuration Configuration, double[] Point, double Margin)>();
        Add(Draw());
        foreach (double radius in Radii)
        {
            Configuration centre = Sorted().First().Configuration;
            Add(Near(Best!.Configuration, radius).Concat(Near(centre, radius)));
        }
        return Sorted().Select(c => c.Configuration).FirstOrDefault(proposals.TryTake);

        void Add(IEnumerable<Configuration> some) => candidates.AddRange(some.Select(c =>
        {
            double[] point = context.Space.Parameters.Encode(c);
            return (c, point, machine?.Margin(point) ?? 0);
        }));

        // Where the machine takes nothing for feasible, what comes nearest.
        IEnumerable<(Configuration Configuration, double[] Point, double Margin)> Sorted() => candidates.Exists(c => c.Margin >= 0)
            ? LazyOrder.ByCost(candidates.Where(c => c.Margin >= 0), c => -Bound(process.Sketch(c.Point)), c => -Bound(process.Predict(c.Point)))
            : candidates.OrderByDescending(c => c.Margin);
    }

    private static double Bound((double Mean, double Deviation) predicted) => predicted.Mean + Pessimism * predicted.Deviation;

    private IEnumerable<Configuration> Draw()
    {
        for (int i = 0; i < Draws; i++) yield return context.Space.Parameters.Sample(ref random);
    }

    private IEnumerable<Configuration> Near(Configuration centre, double radius)
    {
        for (int i = 0; i < NearDraws / 2; i++) yield return context.Space.Parameters.Near(centre, radius, ref random);
    }

    private double Coverage(double[] point, double variance)
    {
        double sum = 0;
        foreach (double[] known in points)
        {
            double distance = 0;
            for (int i = 0; i < point.Length; i++) distance += (point[i] - known[i]) * (point[i] - known[i]);
            sum += DeterministicMath.Exp(-distance / (2 * variance * variance));
        }
        return sum;
    }

    /// <summary>The published 1 / (2 Var) suits a region of half of the domain; one of a smaller share is as much narrower in every dimension.</summary>
    private double Gamma(double variance)
    {
        double share = Math.Min(0.5, (double)feasible.Count / points.Count);
        return 1 / (2 * variance) * DeterministicMath.Exp(-2.0 / context.Space.Parameters.All.Length * DeterministicMath.Log(2 * share));
    }

    /// <summary>Of all coordinates of all points.</summary>
    private double Variance()
    {
        double sum = 0, squares = 0, count = points.Count * (double)points[0].Length;
        foreach (double[] point in points)
            foreach (double x in point) (sum, squares) = (sum + x, squares + x * x);
        return Math.Max(1e-6, squares / count - sum / count * (sum / count));
    }
}
