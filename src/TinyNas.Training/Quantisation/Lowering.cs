using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// From layers to the operators of the int8 <see cref="Graph"/>: batch normalisation folded, ReLU and ReLU6 fused, dropout gone,
/// NHWC with a batch of 1, a softmax behind the scores.
/// </summary>
public static class Lowering
{
    private static readonly Quantization Probabilities = Quantization.PerTensor(1f / 256, -128);

    /// <summary>
    /// The graph that quantisation will give, with the same tensors, operators, shapes and byte sizes, before anything is
    /// trained: weights are zero and scales stand for any. One thing depends on trained numbers: a batch normalisation behind a
    /// max-pool (and not behind a ReLU) that learns a negative scale needs one operator more, as max(-x) is not -max(x).
    /// Networks that normalise right after the convolution are not concerned.
    /// </summary>
    /// <exception cref="TinyNasException">TNAS0303: a layer has no int8 operator.</exception>
    public static Graph Skeleton(Network network)
    {
        ImmutableArray<InferenceStage> stages = InferenceStageBuilder.Build(network, _ => true);
        return Lower(network.Input, stages, new PlaceholderQuantisation(stages));
    }

    internal static Graph Lower(Shape inputShape, ImmutableArray<InferenceStage> stages, IStageQuantisation numbers)
    {
        var graph = new GraphBuilder();
        int input = graph.Activation("input", ElementType.Int8, Map(inputShape), numbers.Input);
        var outputs = new int[stages.Length];
        for (int i = 0; i < stages.Length; i++)
        {
            int From(int stage) => stage < 0 ? input : outputs[stage];
            int source = From(stages[i].Input);
            outputs[i] = stages[i] switch
            {
                LinearStage linear => AddLinear(graph, linear, source, numbers.Integers(i), numbers.Output(i)),
                MaxPoolStage pool => AddPool(graph, OperatorCode.MaxPool2D, pool, pool.Height, pool.Width, source),
                AveragePoolStage pool => AddPool(graph, OperatorCode.AveragePool2D, pool, pool.Height, pool.Width, source),
                AddStage add => AddJoin(graph, OperatorCode.Add, add, source, From(add.Second), numbers.Output(i)),
                MultiplyStage multiply => AddJoin(graph, OperatorCode.Mul, multiply, source, From(multiply.Second), numbers.Output(i)),
                ConcatenateStage concatenate => AddConcatenation(graph, concatenate, [.. concatenate.Parts.Select(From)], numbers.Output(i)),
                RequantiseStage => AddFunction(graph, OperatorCode.Quantize, stages[i], source, OperatorOptions.None, numbers.Output(i)),
                PadStage pad => AddPad(graph, pad, source),
                UpsampleStage upsample => AddUpsample(graph, upsample, source),
                SoftmaxStage => AddFunction(graph, OperatorCode.Softmax, stages[i], source, new SoftmaxOptions(), numbers.Output(i)),
                FunctionStage function => AddFunction(graph, CodeOf(function.Function), function, source, OptionsOf(function.Function), numbers.Output(i)),
                MeanStage mean => AddMean(graph, mean, source, numbers.Output(i)),
                _ => throw new InvalidOperationException(stages[i].Name),
            };
        }
        int softmax = graph.Activation("softmax", ElementType.Int8, graph[outputs[^1]].Shape, Probabilities);
        graph.Add(OperatorCode.Softmax, [outputs[^1]], [softmax], new SoftmaxOptions());
        return graph.Build([input], [softmax], "TinyNas.Build");
    }

    private static int AddLinear(GraphBuilder graph, LinearStage stage, int source, StageIntegers integers, Quantization quantization)
    {
        Conv g = stage.Geometry;
        int filters = stage.Out.Channels, group = stage.KernelInput.Channels / g.Groups;
        ImmutableArray<int> shape = stage.FullyConnected ? [filters, group]
            : stage.Depthwise ? [1, g.KernelHeight, g.KernelWidth, filters]
            : [filters, g.KernelHeight, g.KernelWidth, group];
        int kernel = graph.Constant<sbyte>(stage.Name + "_kernel", ElementType.Int8, shape, integers.Kernel, integers.KernelQuantization);
        int bias = graph.Constant<int>(stage.Name + "_bias", ElementType.Int32, [filters], integers.Bias, integers.BiasQuantization);
        int output = graph.Activation(stage.Name, ElementType.Int8, stage.FullyConnected ? [1, filters] : Map(stage.Out), quantization);
        FusedActivation activation = stage.Activation;
        if (stage.FullyConnected)
            graph.Add(OperatorCode.FullyConnected, [source, kernel, bias], [output], new FullyConnectedOptions(activation));
        else if (stage.Transposed)
        {
            int size = graph.Constant<int>(stage.Name + "_shape", ElementType.Int32, [4], [1, stage.Out.Height, stage.Out.Width, filters]);
            graph.Add(OperatorCode.TransposeConv, [size, kernel, source, bias], [output], new TransposeConvOptions(g.Padding, g.StrideHeight, g.StrideWidth));
        }
        else if (stage.Depthwise)
            graph.Add(OperatorCode.DepthwiseConv2D, [source, kernel, bias], [output], new DepthwiseConv2DOptions(
                g.Padding, g.StrideHeight, g.StrideWidth, filters / stage.In.Channels, g.DilationHeight, g.DilationWidth, activation));
        else
            graph.Add(OperatorCode.Conv2D, [source, kernel, bias], [output], new Conv2DOptions(
                g.Padding, g.StrideHeight, g.StrideWidth, g.DilationHeight, g.DilationWidth, activation));
        return output;
    }

    private static int AddPool(GraphBuilder graph, OperatorCode code, InferenceStage stage, int height, int width, int source)
    {
        int output = graph.Activation(stage.Name, ElementType.Int8, Map(stage.Out), graph[source].Quantization);
        graph.Add(code, [source], [output], new Pool2DOptions(Padding.Valid, height, width, height, width));
        return output;
    }

    private static int AddJoin(GraphBuilder graph, OperatorCode code, InferenceStage stage, int first, int second, Quantization quantization)
    {
        // A vector beside a map is spread over it.
        ImmutableArray<int> shape = graph[first].Shape.Length < graph[second].Shape.Length ? graph[second].Shape : graph[first].Shape;
        int output = graph.Activation(stage.Name, ElementType.Int8, shape, quantization);
        graph.Add(code, [first, second], [output], new ArithmeticOptions(stage.Activation));
        return output;
    }

    private static int AddConcatenation(GraphBuilder graph, ConcatenateStage stage, ImmutableArray<int> parts, Quantization quantization)
    {
        int axis = graph[parts[0]].Shape.Length - 1;
        int output = graph.Activation(stage.Name, ElementType.Int8, graph[parts[0]].Shape.SetItem(axis, stage.Out.Channels), quantization);
        graph.Add(OperatorCode.Concatenation, parts, [output], new ConcatenationOptions(axis));
        return output;
    }

    private static int AddFunction(GraphBuilder graph, OperatorCode code, InferenceStage stage, int source, OperatorOptions options, Quantization quantization)
    {
        int output = graph.Activation(stage.Name, ElementType.Int8, graph[source].Shape, quantization);
        graph.Add(code, [source], [output], options);
        return output;
    }

    private static OperatorCode CodeOf(Activation function) => function switch
    {
        LeakyRelu => OperatorCode.LeakyRelu,
        HardSwish => OperatorCode.HardSwish,
        Sigmoid => OperatorCode.Logistic,
        Tanh => OperatorCode.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };

    private static OperatorOptions OptionsOf(Activation function) => function is LeakyRelu leaky ? new LeakyReluOptions((float)leaky.Slope) : OperatorOptions.None;

    private static int AddUpsample(GraphBuilder graph, UpsampleStage stage, int source)
    {
        int size = graph.Constant<int>(stage.Name + "_size", ElementType.Int32, [2], [stage.Out.Height, stage.Out.Width]);
        int output = graph.Activation(stage.Name, ElementType.Int8, Map(stage.Out), graph[source].Quantization);
        graph.Add(OperatorCode.ResizeNearestNeighbor, [source, size], [output], new ResizeOptions(AlignCorners: false, HalfPixelCenters: false));
        return output;
    }

    private static int AddPad(GraphBuilder graph, PadStage stage, int source)
    {
        Pad b = stage.Border;
        int border = graph.Constant<int>(stage.Name + "_border", ElementType.Int32, [4, 2], [0, 0, b.Top, b.Bottom, b.Left, b.Right, 0, 0]);
        int output = graph.Activation(stage.Name, ElementType.Int8, Map(stage.Out), graph[source].Quantization);
        graph.Add(OperatorCode.Pad, [source, border], [output], OperatorOptions.None);
        return output;
    }

    private static int AddMean(GraphBuilder graph, MeanStage stage, int source, Quantization quantization)
    {
        int axes = graph.Constant<int>(stage.Name + "_axes", ElementType.Int32, [2], [1, 2]);
        ImmutableArray<int> shape = stage.KeepDimensions ? Map(stage.Out) : [1, stage.Out.Channels];
        int output = graph.Activation(stage.Name, ElementType.Int8, shape, quantization);
        graph.Add(OperatorCode.Mean, [source, axes], [output], new ReducerOptions(stage.KeepDimensions));
        return output;
    }

    private static ImmutableArray<int> Map(Shape shape) => [1, shape.Height, shape.Width, shape.Channels];
}
