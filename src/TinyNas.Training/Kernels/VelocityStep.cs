namespace TinyNas.Training;

/// <summary>Momentum: velocity = Momentum × velocity + FromStep × step; weight += ToWeight × velocity.</summary>
internal struct VelocityStep
{
    public float Momentum, FromStep, ToWeight;

    public static VelocityStep Of(OptimizerConvention convention, double momentum, double rate) => convention == OptimizerConvention.Keras
        ? new VelocityStep { Momentum = (float)momentum, FromStep = (float)-rate, ToWeight = 1 }
        : new VelocityStep { Momentum = (float)momentum, FromStep = 1, ToWeight = (float)-rate };
}

/// <summary>Division by the root of a mean of squares: √(mean + Inside) + Outside, the mean taking in Fresh of each new square.</summary>
internal struct RootStep
{
    public float Fresh, Inside, Outside;

    public static RootStep Of(OptimizerConvention convention, double rho, double epsilon) => convention == OptimizerConvention.Keras
        ? new RootStep { Fresh = (float)(1 - rho), Inside = (float)epsilon }
        : new RootStep { Fresh = (float)(1 - rho), Outside = (float)epsilon };
}
