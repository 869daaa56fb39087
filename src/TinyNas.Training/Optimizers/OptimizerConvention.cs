namespace TinyNas.Training;

/// <summary>
/// Whose formulas. The two libraries agree on the methods and differ in where epsilon stands, whether the learning rate is in
/// the momentum, and whether weight decay goes through the gradient.
/// </summary>
public enum OptimizerConvention { Keras, PyTorch }
