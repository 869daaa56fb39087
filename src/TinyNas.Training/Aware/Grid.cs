namespace TinyNas.Training;

/// <summary>
/// What the integers of a value stand for in a step: real = <see cref="Scale"/> × n, n = q − <see cref="ZeroPoint"/>. Maps hold n, so that the zeros of a
/// convolution's padding are the zero point; q is the int8 of the deployed graph.
/// </summary>
internal sealed class Grid(float scale, int zeroPoint)
{
    /// <summary>Set by the layer that gives the value, in every forward pass.</summary>
    public float Scale { get; set; } = scale;

    public int ZeroPoint { get; } = zeroPoint;

    public int Least => sbyte.MinValue - ZeroPoint;

    public int Most => sbyte.MaxValue - ZeroPoint;
}
