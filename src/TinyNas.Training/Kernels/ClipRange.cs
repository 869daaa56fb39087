namespace TinyNas.Training;

/// <summary>Between <see cref="Low"/> and <see cref="High"/> a gradient passes; what the gradient of the scale is multiplied with beyond them.</summary>
internal struct ClipRange
{
    public float Low, High, AtLow, AtHigh;
}
