using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Normalised samples for a trainer. Reading is a pure function of (index, epoch), so that any number of threads and any
/// resumption sees the same augmented values. Safe to call from several threads.
/// </summary>
public interface ISampleSource
{
    Shape Shape { get; }

    int Count { get; }

    int Classes { get; }

    int Target(int index);

    /// <summary>Writes what a regression is to give for sample <paramref name="index"/>. Samples that have classes only do not implement it.</summary>
    void ReadValues(int index, Span<float> destination) => throw new NotSupportedException("These samples have classes and no values.");

    /// <summary>Whether samples are mixed with others (mix-up), which the loss must know of.</summary>
    bool IsMixed => false;

    /// <summary>Class of what sample <paramref name="index"/> is mixed with in <paramref name="epoch"/>, and its share of the sample, 0 to 1.</summary>
    (int Target, float Share) MixtureOf(int index, int epoch) => (Target(index), 0);

    /// <summary>Writes sample <paramref name="index"/> as it looks in <paramref name="epoch"/>: height × width × channels floats. Does not allocate.</summary>
    void Read(int index, int epoch, Span<float> destination);
}
