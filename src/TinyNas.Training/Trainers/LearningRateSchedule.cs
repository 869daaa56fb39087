namespace TinyNas.Training;

/// <summary>How the learning rate changes over <see cref="TrainingOptions.Epochs"/>.</summary>
public enum LearningRateSchedule
{
    Constant,

    /// <summary>Half a cosine from the learning rate to a hundredth of it.</summary>
    Cosine,

    /// <summary>A tenth after half of the steps, a hundredth after three quarters (He et al. 2016).</summary>
    Step,

    /// <summary>By half cosines from 1/25 of the rate up to it over 30 % of the steps, and down to 1/250,000 (Smith and Topin 2019, PyTorch's figures); momentum stays.</summary>
    OneCycle,
}
