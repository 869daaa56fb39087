namespace TinyNas.Training;

/// <summary>A row of pixels: each is channels × 16 samples, <paramref name="step"/> floats after the one before it.</summary>
internal readonly unsafe struct Pixels(float* start, nint step)
{
    public readonly float* Start = start;
    public readonly nint Step = step;
}
