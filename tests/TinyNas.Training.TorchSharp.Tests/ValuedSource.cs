using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.TorchSharp.Tests;

/// <summary>Samples that bring values for a regression, from class and index; on request mixed with the sample behind them, by a share that grows.</summary>
internal sealed class ValuedSource(ISampleSource source, bool mixed = false) : ISampleSource
{
    public Shape Shape => source.Shape;
    public int Count => source.Count;
    public int Classes => source.Classes;
    public int Target(int index) => source.Target(index);
    public void Read(int index, int epoch, Span<float> destination) => source.Read(index, epoch, destination);
    public bool IsMixed => mixed;
    public (int Target, float Share) MixtureOf(int index, int epoch) => (source.Target((index + 1) % Count), (index + epoch) % 10 * 0.05f);

    public void ReadValues(int index, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (source.Target(index) - 1) * (i + 1) + index % 7 * 0.1f;
    }
}
