using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.TorchSharp.Tests;

/// <summary>Samples that bring values for a regression: three that follow from class and index.</summary>
internal sealed class ValuedSource(ISampleSource source) : ISampleSource
{
    public Shape Shape => source.Shape;
    public int Count => source.Count;
    public int Classes => source.Classes;
    public int Target(int index) => source.Target(index);
    public void Read(int index, int epoch, Span<float> destination) => source.Read(index, epoch, destination);

    public void ReadValues(int index, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (source.Target(index) - 1) * (i + 1) + index % 7 * 0.1f;
    }
}
