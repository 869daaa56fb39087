namespace TinyNas.Training.Tests;

/// <summary>Recurrent layers in double precision, one sample at a time, from their equations.</summary>
internal static class ReferenceRecurrence
{
    public static double[] Run(Recurrent layer, double[][] columns, IReadOnlyDictionary<string, double[]> p)
    {
        int units = layer.Units;
        double[] h = new double[units], c = new double[units];
        var all = new List<double>();
        foreach (double[] x in columns)
        {
            double W(int row) => x.Select((v, i) => v * p["kernel"][row * x.Length + i]).Sum();
            double[] was = h;
            double R(int row) => was.Select((v, i) => v * p["recurrent"][row * units + i]).Sum();
            double S(int row) => W(row) + R(row) + p["bias"][row];
            switch (layer)
            {
                case Lstm:
                    c = [.. c.Select((v, u) => Sigmoid(S(units + u)) * v + Sigmoid(S(u)) * Math.Tanh(S(2 * units + u)))];
                    h = [.. c.Select((v, u) => Sigmoid(S(3 * units + u)) * Math.Tanh(v))];
                    break;
                case Gru:
                    h = [.. was.Select((v, u) =>
                    {
                        double z = Sigmoid(S(units + u));
                        double n = Math.Tanh(W(2 * units + u) + p["bias"][2 * units + u] + Sigmoid(S(u)) * (R(2 * units + u) + p["candidateBias"][u]));
                        return (1 - z) * n + z * v;
                    })];
                    break;
                default:
                    h = [.. was.Select((v, u) =>
                    {
                        double z = Sigmoid(W(u) + R(u) + p["gateBias"][u]);
                        return (Sigmoid(p["zeta"][0]) * (1 - z) + Sigmoid(p["nu"][0])) * Math.Tanh(S(u)) + z * v;
                    })];
                    break;
            }
            all.AddRange(h);
        }
        return layer.Sequence ? [.. all] : h;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
