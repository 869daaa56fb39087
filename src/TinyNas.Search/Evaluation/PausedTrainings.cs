using System.Globalization;
using System.Text;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Trainings that ended before their schedule did, one file each, so that a longer trial of the same network can go on from there. Only a
/// cache: with a file lost, damaged or of another search, a training begins anew and ends in the same bits. Safe to use from several
/// threads for different networks.
/// </summary>
internal sealed class PausedTrainings(string folder, string key)
{
    private const string Magic = "tinynas-paused-1";

    /// <summary>The training of <paramref name="proposal"/> where it paused at or before its last epoch, or null.</summary>
    public TrialTraining? TryResume(Proposal proposal, int epochs, ITrainer trainer, Network network, TrainingOptions options, ISampleSource samples)
    {
        try
        {
            using var file = new FileStream(PathOf(proposal), FileMode.Open, FileAccess.Read);
            using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadString() != Magic || reader.ReadString() != key || reader.ReadString() != proposal.TrainingText) return null;
            int done = reader.ReadInt32();
            if (done < 1 || done > epochs) return null;
            double[] losses = [.. Enumerable.Range(0, done).Select(_ => reader.ReadDouble())];
            int seen = reader.ReadInt32();
            ITrainingRun run = trainer.Resume(network, options, samples, file);
            if (run.Epoch == done) return new TrialTraining(run, losses, seen);
            run.Dispose();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Keeps a training. Where the disk does not allow it, the next trial of this network costs more and gives the same.</summary>
    public void Keep(Proposal proposal, TrialTraining training)
    {
        string path = PathOf(proposal), next = path + ".next";
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
            using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(Magic);
                writer.Write(key);
                writer.Write(proposal.TrainingText);
                writer.Write(training.Losses.Count);
                foreach (double loss in training.Losses) writer.Write(loss);
                writer.Write(training.Samples);
                writer.Flush();
                training.Run.Save(file);
            }
            File.Move(next, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Forgets a training whose schedule is done.</summary>
    public void Drop(Proposal proposal)
    {
        try
        {
            File.Delete(PathOf(proposal));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string PathOf(Proposal proposal) =>
        Path.Combine(folder, RandomStream.KeyOf(proposal.TrainingText).ToString("x16", CultureInfo.InvariantCulture) + ".training");
}
