namespace TinyNas.Training;

/// <summary>
/// One stage of a step over the whole batch. Layers know the buffers that they read and write, not each other; all are
/// fixed when the layer is made.
/// </summary>
internal abstract class TrainingLayer
{
    /// <summary>Called once, after the arena is committed and parameters have their addresses.</summary>
    public virtual void Bind() { }

    /// <summary>Initial values of the parameters.</summary>
    public virtual void Initialise() { }

    /// <param name="step">Steps taken before this one, from the first epoch on.</param>
    public abstract void Forward(long step);

    /// <summary>Gradients of the parameters and, where somebody needs it, of the input.</summary>
    public abstract void Backward();
}
