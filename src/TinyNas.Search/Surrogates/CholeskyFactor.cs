namespace TinyNas.Search;

/// <summary>The lower triangle L of a symmetric positive definite matrix A = L Lᵀ that grows by a row at a time.</summary>
internal sealed class CholeskyFactor
{
    private readonly List<double[]> rows = [];

    public int Size => rows.Count;

    public double Diagonal(int index) => rows[index][index];

    /// <summary>x of L x = b. What the next row of A gives is the next row of L, but for its diagonal.</summary>
    public double[] Solve(double[] b)
    {
        var x = new double[rows.Count];
        for (int i = 0; i < x.Length; i++)
        {
            double[] row = rows[i];
            double sum = b[i];
            for (int j = 0; j < i; j++) sum -= row[j] * x[j];
            x[i] = sum / row[i];
        }
        return x;
    }

    /// <summary>x of Lᵀ x = b.</summary>
    public double[] SolveTransposed(IReadOnlyList<double> b)
    {
        double[] x = [.. b];
        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= rows[i][i];
            for (int j = 0; j < i; j++) x[j] -= rows[i][j] * x[i];
        }
        return x;
    }

    /// <summary>Adds the row that <see cref="Solve"/> gave and the element of A on the diagonal; what is left of it counts as at least <paramref name="floor"/>.</summary>
    public void Append(double[] solved, double diagonal, double floor)
    {
        double left = diagonal;
        foreach (double x in solved) left -= x * x;
        rows.Add([.. solved, Math.Sqrt(Math.Max(left, floor))]);
    }
}
