namespace TinyNas.Training;

/// <summary>
/// Makes the trainer that a package of its own brings along. Its assembly holds one public class of this kind, with a constructor
/// that takes nothing; the worker looks for it there.
/// </summary>
public interface ITrainerFactory
{
    /// <summary>What the setting Trainer calls it.</summary>
    string Name { get; }

    /// <summary>A trainer that is known to work on this machine.</summary>
    /// <param name="device">Where to compute, as the project file has it; null: the trainer's own choice.</param>
    /// <exception cref="Model.TinyNasException">TNAS0511 to TNAS0514: what is missing, and the package that has it.</exception>
    ITrainer Create(string? device);
}
