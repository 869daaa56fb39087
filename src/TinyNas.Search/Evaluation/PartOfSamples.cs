using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>One in <paramref name="part"/> of some samples, at random; a smaller part of the same seed is a subset of a larger one.</summary>
internal sealed class PartOfSamples(ISampleSource samples, int part, ulong seed) : ISampleSource
{
    private static readonly ulong Purpose = RandomStream.KeyOf("part of the samples");
    private readonly int[] chosen = Choose(samples.Count, part, seed);

    public Shape Shape => samples.Shape;

    public int Count => chosen.Length;

    public int Classes => samples.Classes;

    public int Target(int index) => samples.Target(chosen[index]);

    public void ReadValues(int index, Span<float> destination) => samples.ReadValues(chosen[index], destination);

    public void Read(int index, int epoch, Span<float> destination) => samples.Read(chosen[index], epoch, destination);

    private static int[] Choose(int count, int part, ulong seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        RandomStream.Create(seed, Purpose).Shuffle<int>(all);
        return all[..((count + part - 1) / part)];
    }
}
