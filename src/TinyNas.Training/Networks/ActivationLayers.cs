namespace TinyNas.Training;

/// <summary>A function of each value on its own.</summary>
public abstract record Activation : Layer;

public sealed record Relu : Activation;

/// <summary>min(max(x, 0), 6).</summary>
public sealed record Relu6 : Activation;

/// <summary>x where positive, Slope × x elsewhere.</summary>
public sealed record LeakyRelu(double Slope = 0.01) : Activation;

/// <summary>x × relu6(x + 3) / 6 (Howard et al. 2019).</summary>
public sealed record HardSwish : Activation;

/// <summary>1 / (1 + e^-x).</summary>
public sealed record Sigmoid : Activation;

public sealed record Tanh : Activation;

/// <summary>λ x where positive, λ α (e^x - 1) elsewhere, with the constants of Klambauer et al. 2017.</summary>
public sealed record Selu : Activation
{
    public const double Lambda = 1.0507009873554805, Alpha = 1.6732632423543772;
}

/// <summary>e^x over its sum over the channels of a pixel. Not as the last layer: the loss applies that one.</summary>
public sealed record Softmax : Layer;
