using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>Multiply-accumulates and parameters of a network by definition, independent of any estimator.</summary>
internal static class NetworkSize
{
    public static (long Macs, long Parameters) Of(Network network)
    {
        long macs = 0, parameters = 0;
        Shape[] shapes = network.Shapes();
        for (int i = 0; i < shapes.Length; i++)
        {
            int from = network.InputsOf(i)[0];
            Shape input = from < 0 ? network.Input : shapes[from];
            switch (network.Layers[i])
            {
                case Conv c:
                    long kernel = (long)c.KernelHeight * c.KernelWidth * input.Channels / c.Groups;
                    macs += kernel * shapes[i].Count;
                    parameters += kernel * c.Filters;
                    break;
                case Dense d:
                    macs += (long)input.Count * d.Units;
                    parameters += (input.Count + 1L) * d.Units;
                    break;
            }
        }
        return (macs, parameters);
    }
}
