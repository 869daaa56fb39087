using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>The grid of a value that a layer computes, with its learned scale and the range that a fused activation leaves.</summary>
internal sealed record OutputGrid(ThresholdMethod Method, double Start, Grid Grid, FusedActivation Activation)
{
    /// <summary>Least and most n: the int8 range, or less where an activation ends.</summary>
    public (int Least, int Most) Range()
    {
        int least = Activation == FusedActivation.None ? Grid.Least : Math.Max(Grid.Least, 0);
        if (Activation != FusedActivation.Relu6) return (least, Grid.Most);
        float six = MathF.Round(6 / Grid.Scale, MidpointRounding.AwayFromZero);
        return (least, (int)Math.Min(six, Grid.Most));
    }

    /// <summary>Sets the scale for a step: the learned one, or the least that requantisation can reach.</summary>
    public void Update(float theta, double least) => Grid.Scale = LearnedScale.AtLeast(Method, LearnedScale.Of(Method, Start, theta), least);

    /// <summary>What the gradient kernel needs to know of the range.</summary>
    public ClipRange Clip()
    {
        var (least, most) = Range();
        return new ClipRange
        {
            // A ReLU has its own edge, at zero; elsewhere half a step beyond the last integer still rounds to it.
            Low = Activation == FusedActivation.None ? least - 0.5f : 0, High = most + 0.5f,
            // Where an activation ends the range, it does so at the same real number whatever the scale.
            AtLow = Activation == FusedActivation.None ? least : 0, AtHigh = most < Grid.Most ? 0 : most,
        };
    }
}
