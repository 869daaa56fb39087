using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>The data as trials see them: read-only, made once, shared by all threads.</summary>
public sealed class SearchData
{
    /// <summary>
    /// Trials are scored on at most this many samples of the validation side, spread evenly over it: with 5,000, the standard error of an
    /// accuracy of 0.98 is 0.002. The winner's training is scored on all of them.
    /// </summary>
    public const int MostScored = 5000;

    public SearchData(DataSet data, DataSplit split, Augmentation augmentation, ulong seed)
    {
        Shape = data.Shape;
        Classes = data.Labels.Length;
        Encoding = Normaliser.Fit(data, split.Train);
        Training = new SampleSource(data, split.Train, Encoding, augmentation, seed);
        Calibration = new SampleSource(data, split.Train, Encoding, Augmentation.None, seed);
        ValidationFloats = new SampleSource(data, split.Validation, Encoding, Augmentation.None, seed);
        Validation = new IntegerSamples(data, split.Validation, Encoding);
        int[] scored = split.Validation.Length <= MostScored ? split.Validation : Spread(split.Validation);
        Scored = scored == split.Validation ? Validation : new IntegerSamples(data, scored, Encoding);
        ScoredFloats = new SampleSource(data, scored, Encoding, Augmentation.None, seed);
    }

    public Shape Shape { get; }

    public int Classes { get; }

    public InputEncoding Encoding { get; }

    /// <summary>The training side, augmented.</summary>
    public ISampleSource Training { get; }

    /// <summary>The training side as it is, for calibration.</summary>
    public ISampleSource Calibration { get; }

    public ISampleSource ValidationFloats { get; }

    /// <summary>The whole validation side.</summary>
    public IntegerSamples Validation { get; }

    /// <summary>What trials are scored on.</summary>
    public IntegerSamples Scored { get; }

    /// <summary>The same before they are encoded.</summary>
    public ISampleSource ScoredFloats { get; }

    private static int[] Spread(int[] indices) =>
        [.. Enumerable.Range(0, MostScored).Select(i => indices[(int)((long)i * indices.Length / MostScored)])];
}
