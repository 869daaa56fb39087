using System.Runtime.InteropServices;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>The quantised graphs on the integer kernels.</summary>
[TestClass]
public sealed class IntegerOperatorTests
{
    public static IEnumerable<object[]> Orders => LayerOrders.All.Select(o => new object[] { o.Name, o.Network });

    [TestMethod]
    [DynamicData(nameof(Orders))]
    public void EveryOperatorIsWithinHalfAStepOfItsRealNumbers(string name, Network network)
    {
        for (ulong seed = 0; seed < 2; seed++)
        {
            TrainedNetwork trained = Networks.Trained(network, seed, negativeScales: seed % 2 == 1);
            byte[][] pictures = MemorySamples.Pictures(network.Input, 24, seed);
            Graph graph = Quantiser.Quantise(trained, InputEncoding.CameraBytes(3), MemorySamples.OfPictures(network.Input, pictures), new QuantisationOptions());
            var stages = Folding.Stages(trained).ToDictionary(s => s.Name);
            var interpreter = new Interpreter(graph);
            foreach (byte[] picture in pictures.Take(6))
            {
                for (int i = 0; i < picture.Length; i++) interpreter.Input()[i] = (byte)(picture[i] - 128);
                interpreter.Invoke();
                foreach (Operator op in graph.Operators)
                {
                    Tensor output = graph.Tensors[op.Outputs[0]];
                    if (!stages.TryGetValue(output.Name, out InferenceStage? stage) || stage is MaxPoolStage) continue;
                    double[] expected = Real(stage, graph, op, [.. op.Inputs.Where(t => !graph.Tensors[t].IsConstant).Select(t => Dequantised(graph, interpreter, t))]);
                    ReadOnlySpan<sbyte> actual = MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(op.Outputs[0]));
                    Quantization q = output.Quantization!;
                    for (int i = 0; i < expected.Length; i++)
                    {
                        double real = Math.Clamp(expected[i] / q.Scale + q.ZeroPoint, -128, 127), allowed = 0.5 + AccumulatorStep(stage, graph, op, i);
                        if (!(Math.Abs(real - actual[i]) <= allowed))
                            Assert.Fail($"{name}, seed {seed}, {output.Name}[{i}]: {actual[i]} instead of {real} ± {allowed}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void CameraBytesLessHalfTheirRangeAreTheNormalisedInputExactly()
    {
        InputEncoding camera = InputEncoding.CameraBytes(1);
        Graph graph = Quantiser.Quantise(Networks.Trained(Networks.NanoNas(1, 0, new Shape(4, 4, 1), 2), 1), camera,
            new MemorySamples(new Shape(4, 4, 1), [new float[16]]), new QuantisationOptions());
        for (int value = 0; value < 256; value++)
        {
            Assert.AreEqual(value - 128, camera.Quantise(value, 0));
            Assert.AreEqual(camera.Normalise(value, 0), (value - 128 - graph.Input.Quantization!.ZeroPoint) * graph.Input.Quantization.Scale);
        }
    }

    /// <summary>
    /// What one step of the int32 accumulator is in steps of the output: TFLM's double rounding rounds at about that place
    /// a first time.
    /// </summary>
    private static double AccumulatorStep(InferenceStage stage, Graph graph, Operator op, int index)
    {
        double step = graph.Tensors[op.Outputs[0]].Quantization!.Scale;
        // MEAN divides its multiplier by the count without normalising it anew, which costs up to one more bit.
        if (stage is MeanStage) return 2.0 * graph.Tensors[op.Inputs[0]].Quantization!.Scale / (stage.In.Height * stage.In.Width) / step;
        if (stage is AveragePoolStage or ConcatenateStage or PadStage or UpsampleStage) return 0;
        if (stage is RequantiseStage) return graph.Tensors[op.Inputs[0]].Quantization!.Scale / step;
        if (stage is SoftmaxStage) return 0.5;
        if (stage is MultiplyStage) return op.Inputs.Aggregate(1.0, (product, i) => product * graph.Tensors[i].Quantization!.Scale) / step;
        if (stage is FunctionStage function) return FunctionStep(function, graph, op);
        // ADD brings both inputs to 20 more bits of twice the coarser step, and rounds each there.
        if (stage is AddStage) return 2 * op.Inputs.Max(i => (double)graph.Tensors[i].Quantization!.Scale) / (1 << 20) / step;
        Quantization bias = graph.Tensors[op.Inputs[stage is LinearStage { Transposed: true } ? 3 : 2]].Quantization!;
        return bias.Scales[bias.IsPerTensor ? 0 : index % bias.Scales.Length] / step;
    }

    /// <summary>LOGISTIC, TANH and HARD_SWISH round their arguments and results in fixed point of 16 or 32 bits before they round to int8; LEAKY_RELU rounds twice.</summary>
    private static double FunctionStep(FunctionStage stage, Graph graph, Operator op) => stage.Function switch
    {
        HardSwish => 0.5,
        Sigmoid or Tanh => 0.02,
        LeakyRelu leaky => leaky.Slope * graph.Tensors[op.Inputs[0]].Quantization!.Scale / graph.Tensors[op.Outputs[0]].Quantization!.Scale,
        _ => throw new NotSupportedException(stage.Name),
    };

    private static double[] Real(InferenceStage stage, Graph graph, Operator op, double[][] inputs) =>
        DoubleReference.Activate(stage.Activation, stage switch
        {
            LinearStage { Transposed: true } transposed => DoubleReference.Spread(
                transposed, new FoldedLinear(Constant<sbyte>(graph.Tensors[op.Inputs[1]], v => v), Constant<int>(graph.Tensors[op.Inputs[3]], v => v)), inputs[0]),
            LinearStage linear => Linear(linear, graph, op, inputs[0]),
            AddStage => [.. inputs[0].Zip(inputs[1], (a, b) => a + b)],
            MultiplyStage => DoubleReference.Product(inputs[0], inputs[1]),
            ConcatenateStage => DoubleReference.Concatenated(inputs, stage.Out),
            PadStage pad => DoubleReference.Padded(pad.Border, pad.In, pad.Out, inputs[0]),
            UpsampleStage upsample => DoubleReference.Repeated(upsample.Scale, upsample.In, upsample.Out, inputs[0]),
            SoftmaxStage => DoubleReference.Shares(inputs[0], stage.In.Channels),
            FunctionStage function => Array.ConvertAll(inputs[0], x => DoubleReference.Apply(function.Function, x)),
            RequantiseStage => inputs[0],
            AveragePoolStage pool => DoubleReference.AveragePool(pool.Height, pool.Width, pool.In, pool.Out, inputs[0]),
            _ => DoubleReference.Mean(stage.In, inputs[0]),
        });

    private static double[] Linear(LinearStage linear, Graph graph, Operator op, double[] x)
    {
        double[] kernel = Constant<sbyte>(graph.Tensors[op.Inputs[1]], v => v), bias = Constant<int>(graph.Tensors[op.Inputs[2]], v => v);
        if (linear.Depthwise) kernel = [.. Enumerable.Range(0, kernel.Length).Select(i => kernel[i % linear.Taps * linear.Out.Channels + i / linear.Taps])];
        return linear.FullyConnected ? DoubleReference.WeightedSums(kernel, bias, x, linear.Out.Channels)
            : DoubleReference.Convolve(linear.Geometry, linear.In, linear.Out, kernel, bias, x);
    }

    private static double[] Dequantised(Graph graph, Interpreter interpreter, int tensor)
    {
        Quantization q = graph.Tensors[tensor].Quantization!;
        return Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(tensor)).ToArray(), v => (v - q.ZeroPoint) * (double)q.Scale);
    }

    private static double[] Constant<T>(Tensor tensor, Func<T, double> widen) where T : unmanaged
    {
        Quantization q = tensor.Quantization!;
        int inner = tensor.Shape.Skip(q.Dimension + 1).Aggregate(1, (a, b) => a * b);
        return [.. tensor.Values<T>().ToArray().Select((v, i) => widen(v) * q.Scales[q.IsPerTensor ? 0 : i / inner % q.Scales.Length])];
    }
}
