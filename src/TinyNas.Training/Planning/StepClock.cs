namespace TinyNas.Training;

/// <summary>Moments of a step by which lifetimes are told: stage i runs forward at i, backward at 2 stages - i.</summary>
internal readonly record struct StepClock(int Stages)
{
    public int Forward(int stage) => stage;
    public int Backward(int stage) => 2 * Stages - stage;
    public int Loss => Stages;
}
