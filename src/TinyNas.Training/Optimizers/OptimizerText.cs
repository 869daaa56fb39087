using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// An optimiser as people write it in the setting Optimizer: a method, then what differs from its defaults, as in
/// "sgd, momentum=0.9, nesterov, decay=1e-4" or "adamw, pytorch, decay=0.01, clip-norm=1, average=0.99".
/// </summary>
public static class OptimizerText
{
    private const string Known = "sgd, adam, adamw, adamax, rmsprop, adagrad or adadelta is expected, then any of keras, pytorch, momentum=, nesterov, "
        + "beta1=, beta2=, rho=, epsilon=, decay=, clip-norm=, clip-value=, average=, as far as the method has them";

    /// <exception cref="TinyNasException">TNAS0002: no such method, or a part that it does not have.</exception>
    public static Optimizer Parse(string text)
    {
        var parts = new SettingParts("Optimizer", text, Known);
        bool pytorch = parts.Flag("pytorch");
        if (parts.Flag("keras") && pytorch) throw parts.Malformed("keras or pytorch, not both");
        Optimizer optimizer = Method(parts, pytorch) with
        {
            Convention = pytorch ? OptimizerConvention.PyTorch : OptimizerConvention.Keras,
            ClipNorm = parts.Number("clip-norm", 0, 1e9) ?? 0, ClipValue = parts.Number("clip-value", 0, 1e9) ?? 0,
            WeightAverage = parts.Number("average", 0, 1) ?? 0,
        };
        // AdamW's name promises a decay; both libraries have a default for it.
        double otherwise = optimizer is Adam { Decoupled: true } ? pytorch ? 0.01 : 0.004 : 0;
        optimizer = optimizer with { WeightDecay = parts.Number("decay", 0, 10) ?? otherwise };
        parts.RefuseRest();
        return optimizer;
    }

    private static Optimizer Method(SettingParts parts, bool pytorch)
    {
        double epsilon = pytorch ? 1e-8 : 1e-7;
        switch (parts.Head)
        {
            case "sgd": return new Sgd(parts.Number("momentum", 0, 1) ?? 0, parts.Flag("nesterov"));
            case "adam" or "adamw":
                return new Adam(parts.Number("beta1", 0, 1) ?? 0.9, parts.Number("beta2", 0, 1) ?? 0.999, parts.Number("epsilon", 0, 1) ?? epsilon)
                {
                    Decoupled = parts.Head == "adamw",
                };
            case "adamax":
                return new Adamax(parts.Number("beta1", 0, 1) ?? 0.9, parts.Number("beta2", 0, 1) ?? 0.999, parts.Number("epsilon", 0, 1) ?? epsilon);
            case "rmsprop":
                return new RmsProp(parts.Number("rho", 0, 1) ?? (pytorch ? 0.99 : 0.9), parts.Number("momentum", 0, 1) ?? 0, parts.Number("epsilon", 0, 1) ?? epsilon);
            case "adagrad": return new Adagrad(parts.Number("epsilon", 0, 1) ?? (pytorch ? 1e-10 : 1e-7));
            case "adadelta": return new Adadelta(parts.Number("rho", 0, 1) ?? (pytorch ? 0.9 : 0.95), parts.Number("epsilon", 0, 1) ?? (pytorch ? 1e-6 : 1e-7));
            default: throw parts.Malformed(Known);
        }
    }
}
