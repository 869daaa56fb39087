namespace TinyNas.Search;

/// <summary>What a search maximises: one of a trial's scalars, by name. <paramref name="Minimise"/> turns it round, so that a score is always better when larger.</summary>
public sealed record Objective(string Scalar, bool Minimise = false)
{
    /// <summary>Share of validation samples whose class the integer kernels get right.</summary>
    public static readonly Objective Accuracy = new(Scalars.Accuracy);

    public double Score(IReadOnlyDictionary<string, double> scalars) => Minimise ? -scalars[Scalar] : scalars[Scalar];

    public override string ToString() => (Minimise ? "-" : "") + Scalar;
}
