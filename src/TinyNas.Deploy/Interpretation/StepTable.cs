namespace TinyNas.Deploy;

/// <summary>The step of each prepared operator; a new operator adds its line here (checklist at <see cref="OperatorPreparation"/>).</summary>
internal static class StepTable
{
    public static IStep Create(PreparedOperator prepared, TensorStore tensors) => prepared switch
    {
        PreparedConv2D p => new Conv2DStep(p, tensors),
        PreparedDepthwiseConv2D p => new DepthwiseConv2DStep(p, tensors),
        PreparedFullyConnected p => new FullyConnectedStep(p, tensors),
        PreparedPool2D { IsAverage: true } p => new AveragePool2DStep(p),
        PreparedPool2D p => new MaxPool2DStep(p),
        PreparedMean p => new MeanStep(p),
        PreparedSoftmax p => new SoftmaxStep(p),
        PreparedAdd p => new AddStep(p),
        PreparedMul p => new MulStep(p),
        PreparedRescale p => new RescaleStep(p),
        PreparedQuantize p => new QuantizeStep(p),
        PreparedDequantize p => new DequantizeStep(p),
        PreparedRearrange p => new RearrangeStep(p),
        PreparedTable p => new TableStep(p),
        PreparedExtremum p => new ExtremumStep(p),
        PreparedPrelu p => new PreluStep(p),
        PreparedTransposeConv p => new TransposeConvStep(p, tensors),
        PreparedResize p => new ResizeStep(p),
        PreparedArgExtremum p => new ArgExtremumStep(p),
        PreparedRescaleWide p => new RescaleWideStep(p),
        PreparedLogSoftmaxInt8 p => new LogSoftmaxInt8Step(p),
        PreparedLogSoftmax p => new LogSoftmaxStep(p),
        PreparedLstm p => new LstmStep(p),
        PreparedSvdf p => new SvdfStep(p, tensors),
        PreparedCopy p => new CopyStep(p),
        _ => throw new NotSupportedException($"{prepared.GetType().Name} has no step."),
    };
}
