using System.Runtime.InteropServices;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// The share of samples that the int8 network puts into the same class as the network before quantisation, right or wrong: AutoTinyML's
/// cross-accuracy, which says how far the deployed network is still the one that was trained.
/// </summary>
internal static class Agreement
{
    /// <param name="floats">The samples that <paramref name="integers"/> holds encoded, in the same order.</param>
    public static double Measure(TrainedNetwork trained, Graph graph, ISampleSource floats, IntegerSamples integers, CancellationToken cancellation)
    {
        var network = new FloatNetwork(trained);
        var interpreter = new Interpreter(graph);
        var sample = new float[floats.Shape.Count];
        var scores = new float[floats.Classes];
        int same = 0;
        for (int i = 0; i < integers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            floats.Read(i, 0, sample);
            network.Infer(sample, scores);
            integers[i].CopyTo(interpreter.Input());
            interpreter.Invoke();
            if (IntegerClassifier.LargestOf<float>(scores) == IntegerClassifier.LargestOf(MemoryMarshal.Cast<byte, sbyte>(interpreter.Output()))) same++;
        }
        return integers.Count == 0 ? 1 : (double)same / integers.Count;
    }
}
