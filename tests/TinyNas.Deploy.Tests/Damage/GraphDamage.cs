using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Changes a graph as no converter would: the file that is written of it is sound, and what it says is not.</summary>
internal static class GraphDamage
{
    private static readonly float[] Scales = [0, -1, 1e-30f, 1e30f, float.NaN, float.PositiveInfinity, 0.5f, 1f / 256];

    /// <summary>Null where the writer, which takes sound graphs, has no file for it.</summary>
    public static byte[]? File(Graph graph, ref RandomStream random)
    {
        for (int count = 1 + random.NextInt(2) * random.NextInt(3); count > 0; count--) graph = Mutate(graph, ref random);
        try
        {
            return TfliteWriter.Write(graph);
        }
        catch (Exception e) when (e is TinyNasException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static Graph Mutate(Graph graph, ref RandomStream random)
    {
        int t = random.NextInt(graph.Tensors.Length), o = random.NextInt(graph.Operators.Length);
        Tensor tensor = graph.Tensors[t];
        Operator op = graph.Operators[o];
        switch (random.NextInt(10))
        {
            case 0: return With(graph, t, tensor with { Shape = Shape(tensor.Shape, ref random) });
            case 1: return With(graph, t, tensor with { Quantization = Scaled(tensor.Quantization, ref random) });
            case 2: return With(graph, t, tensor with { Type = Enum.GetValues<ElementType>()[random.NextInt(7)] });
            case 3: return With(graph, t, tensor.IsConstant ? tensor with { Data = default } : tensor with { Data = new byte[random.NextInt(64)] });
            case 4: return With(graph, t, tensor with { IsVariable = !tensor.IsVariable });
            case 5: return With(graph, o, op with { Inputs = Redirected(op.Inputs, graph.Tensors.Length, ref random) });
            case 6: return With(graph, o, op with { Outputs = Redirected(op.Outputs, graph.Tensors.Length, ref random) });
            case 7:
                int other = random.NextInt(graph.Operators.Length);
                return With(With(graph, o, graph.Operators[other]), other, op);
            case 8: return With(graph, o, op with { Options = Changed(op.Options, ref random) });
            default: return random.NextInt(2) == 0
                ? graph with { Inputs = Redirected(graph.Inputs, graph.Tensors.Length, ref random) }
                : graph with { Outputs = Redirected(graph.Outputs, graph.Tensors.Length, ref random) };
        }
    }

    private static Graph With(Graph graph, int index, Tensor tensor) => graph with { Tensors = graph.Tensors.SetItem(index, tensor) };

    private static Graph With(Graph graph, int index, Operator op) => graph with { Operators = graph.Operators.SetItem(index, op) };

    private static ImmutableArray<int> Shape(ImmutableArray<int> shape, ref RandomStream random)
    {
        if (shape.IsEmpty || random.NextInt(6) == 0) return shape.Add(1);
        int i = random.NextInt(shape.Length);
        return random.NextInt(5) switch
        {
            0 => shape.RemoveAt(i),
            1 => shape.SetItem(i, 1 << random.NextInt(31)),
            2 => shape.SetItem(i, random.NextInt(4) - 1),
            3 => shape.SetItem(i, shape[i] * 2),
            _ => shape.SetItem(i, shape[i] + 1),
        };
    }

    private static Quantization? Scaled(Quantization? quantization, ref RandomStream random)
    {
        if (quantization is null) return Quantization.PerTensor(0.1f, random.NextInt(300) - 150);
        if (random.NextInt(4) == 0) return null;
        int i = random.NextInt(quantization.Scales.Length);
        return random.NextInt(3) switch
        {
            0 => quantization with { Scales = quantization.Scales.SetItem(i, Scales[random.NextInt(Scales.Length)]) },
            1 => quantization with { Dimension = random.NextInt(6) },
            _ => quantization with { ZeroPoints = quantization.ZeroPoints.SetItem(Math.Min(i, quantization.ZeroPoints.Length - 1), random.NextInt(600) - 300) },
        };
    }

    /// <summary>Cycles, double writers, missing operands.</summary>
    private static ImmutableArray<int> Redirected(ImmutableArray<int> tensors, int count, ref RandomStream random) => random.NextInt(4) switch
    {
        0 => tensors.Add(random.NextInt(count)),
        1 when tensors.Length > 0 => tensors.RemoveAt(random.NextInt(tensors.Length)),
        2 when tensors.Length > 0 => tensors.SetItem(random.NextInt(tensors.Length), -1),
        _ when tensors.Length > 0 => tensors.SetItem(random.NextInt(tensors.Length), random.NextInt(count)),
        _ => tensors,
    };

    private static OperatorOptions Changed(OperatorOptions options, ref RandomStream random)
    {
        int value = random.NextInt(3) switch { 0 => random.NextInt(5) - 1, 1 => 1 << random.NextInt(31), _ => random.NextInt(40) };
        return options switch
        {
            Conv2DOptions c => random.NextInt(3) switch
            {
                0 => c with { StrideHeight = value },
                1 => c with { DilationWidth = value },
                _ => c with { Padding = (Padding)random.NextInt(3), Activation = (FusedActivation)random.NextInt(6) },
            },
            DepthwiseConv2DOptions d => random.NextInt(2) == 0 ? d with { StrideWidth = value } : d with { DilationHeight = value },
            Pool2DOptions p => random.NextInt(2) == 0 ? p with { FilterHeight = value } : p with { StrideWidth = value, FilterWidth = value },
            FullyConnectedOptions f => f with { Activation = (FusedActivation)random.NextInt(6) },
            SoftmaxOptions s => s with { Beta = Scales[random.NextInt(Scales.Length)] },
            ReshapeOptions r => r with { NewShape = r.NewShape.Add(value) },
            LstmOptions l => l with { TimeMajor = !l.TimeMajor, CellClip = Scales[random.NextInt(Scales.Length)] },
            _ => options,
        };
    }
}
