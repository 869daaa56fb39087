using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>
/// A published function to be minimised, in place of trainings: coordinates x0, x1, … for parameters, its negative for the score. Some have
/// cheaper approximations: fidelity z from 0 to 1 stands for the share of a training. Some are defined on a part of the domain only, which
/// nothing tells beforehand: elsewhere a trial turns out infeasible.
/// </summary>
public abstract class TestFunction : ISearchSpace, ITrialEvaluator
{
    /// <summary>Epochs that a full evaluation stands for.</summary>
    public const int FullEpochs = 27;

    public abstract string Name { get; }

    public string Description => "for tests";

    public abstract ParameterSet Parameters { get; }

    public Configuration Smallest => Parameters.At(new double[Parameters.All.Length]);

    /// <summary>The least value, feasible where that is asked.</summary>
    public abstract double Least { get; }

    /// <summary>Whether there are cheaper approximations.</summary>
    public virtual bool HasFidelities => false;

    public FidelityLadder Ladder => HasFidelities ? FidelityLadder.Of(FullEpochs, FidelityLadder.FewestSamples) : FidelityLadder.Single;

    public Network? Build(Configuration configuration, Shape input, int outputs) => null;

    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
    {
        double[] x = [.. Parameters.All.Select(p => proposal.Configuration.Values[p.Name])];
        double share = (proposal.Fidelity.Epochs ?? FullEpochs) / (double)FullEpochs;
        return IsFeasible(x) ? new TrialResult(proposal, TrialOutcome.Completed, -Value(x, share), TrialResult.NoScalars) : TrialResult.Infeasible(proposal, "outside");
    }

    protected abstract double Value(double[] x, double share);

    protected virtual bool IsFeasible(double[] x) => true;

    protected static ParameterSet Box(params (double From, double To)[] ranges) =>
        new([.. ranges.Select((r, i) => new RealParameter($"x{i}", r.From, r.To))]);
}
