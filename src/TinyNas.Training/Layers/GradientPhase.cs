namespace TinyNas.Training;

/// <summary>
/// The gradient with respect to the inputs at (row, column) + multiples of the stride. Every such input meets the same taps,
/// so this is a convolution of the output gradient with a part of the kernel, channels exchanged; stride 1 has one phase.
/// </summary>
internal sealed unsafe class GradientPhase
{
    private readonly ILineConvolution? convolution;
    private readonly FeatureMap inputGradient, outputGradient;
    private readonly int strideHeight, strideWidth, column, count;

    private GradientPhase(
        PlanContext plan, Conv conv, ConvGeometry geometry, FeatureMap inputGradient, FeatureMap outputGradient, int row, int column, int moment)
    {
        (this.inputGradient, this.outputGradient, Row, this.column) = (inputGradient, outputGradient, row, column);
        (strideHeight, strideWidth) = (conv.StrideHeight, conv.StrideWidth);
        count = geometry.Horizontal.GradientCount(column);
        var vertical = geometry.Vertical.GradientTaps(row);
        var horizontal = geometry.Horizontal.GradientTaps(column);
        if (vertical.Length == 0 || horizontal.Length == 0) return;

        int channels = inputGradient.Shape.Channels, inputs = channels / conv.Groups, filters = conv.Filters / conv.Groups;
        convolution = ConvLayer.IsDepthwise(conv, channels) ? Depthwise(plan, conv, vertical, horizontal, moment)
            : ConvLayer.Grouped(conv.Groups, () => Dense(plan, conv, vertical, horizontal, moment), filters * conv.KernelHeight * conv.KernelWidth * inputs, filters, inputs);
    }

    /// <summary>First row of the phase.</summary>
    public int Row { get; }

    public static GradientPhase[] All(
        PlanContext plan, Conv conv, ConvGeometry geometry, FeatureMap inputGradient, FeatureMap outputGradient, int moment) =>
    [
        .. from row in Enumerable.Range(0, Math.Min(conv.StrideHeight, inputGradient.Shape.Height))
           from column in Enumerable.Range(0, Math.Min(conv.StrideWidth, inputGradient.Shape.Width))
           select new GradientPhase(plan, conv, geometry, inputGradient, outputGradient, row, column, moment),
    ];

    public void Bind() => convolution?.Bind();

    public void Pack(float* weights) => convolution?.Pack(weights);

    /// <summary>The phase's pixels in its line number <paramref name="t"/>.</summary>
    /// <param name="start">What the sum of each channel begins with: zeros, but for a transposed convolution's biases.</param>
    public void Line(int block, int t, float* start)
    {
        int row = Row + t * strideHeight;
        if (convolution is not null)
        {
            convolution.Line(outputGradient.At(block, t, 0), start, inputGradient.At(block, row, column), null);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            Span<float> pixel = inputGradient.Pixel(block, row, column + i * strideWidth);
            for (int c = 0; c < pixel.Length / 16; c++) pixel.Slice(c * 16, 16).Fill(start[c]);
        }
    }

    /// <summary>Of one group.</summary>
    private TiledConvolution Dense(
        PlanContext plan, Conv conv, (int Tap, int Offset)[] vertical, (int Tap, int Offset)[] horizontal, int moment)
    {
        int inputs = inputGradient.Shape.Channels / conv.Groups, filters = conv.Filters / conv.Groups, filterTaps = conv.KernelHeight * conv.KernelWidth * inputs;
        bool joined = conv.Groups == 1 && outputGradient.Step == filters * 16
            && horizontal.Zip(horizontal.Skip(1)).All(pair => pair.Second.Offset == pair.First.Offset + 1);
        int[] sources =
        [
            .. from v in vertical
               from h in horizontal
               from filter in Enumerable.Range(0, filters)
               select filter * filterTaps + (v.Tap * conv.KernelWidth + h.Tap) * inputs,
        ];
        return new TiledConvolution(
            plan, inputs, count, Offsets(vertical, joined ? horizontal[..1] : horizontal), joined ? horizontal.Length * filters : filters,
            outputGradient.Step, strideWidth * inputGradient.Step, sources, 1, moment, moment);
    }

    private DepthwiseConvolution Depthwise(
        PlanContext plan, Conv conv, (int Tap, int Offset)[] vertical, (int Tap, int Offset)[] horizontal, int moment)
    {
        int[] sources = [.. from v in vertical from h in horizontal select v.Tap * conv.KernelWidth + h.Tap];
        return new DepthwiseConvolution(
            plan, conv.Filters, count, Offsets(vertical, horizontal), outputGradient.Step, strideWidth * inputGradient.Step,
            sources, conv.KernelHeight * conv.KernelWidth, moment);
    }

    private nint[] Offsets((int Tap, int Offset)[] vertical, (int Tap, int Offset)[] horizontal) =>
        [.. from v in vertical from h in horizontal select v.Offset * outputGradient.Row + h.Offset * outputGradient.Step];
}
