using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Convolution with any kernel, stride, dilation and number of groups; one per channel (depthwise) has kernels of its own.</summary>
internal sealed unsafe class ConvLayer : TrainingLayer
{
    // About 48 pixels of gradients fit the first-level cache beside the inputs of the same rows.
    private const int TilePixels = 48;

    private readonly int index, blocks;
    private readonly ulong seed;
    private readonly ConvGeometry geometry;
    private readonly Parameter kernel;
    private readonly Parameter? bias;
    private readonly Region zeros, biasSums;
    private readonly KernelSet kernels;
    private readonly FeatureMap input, output, outputGradient;
    private readonly FeatureMap? inputGradient;
    private readonly ILineConvolution forward;
    private readonly GradientPhase[] phases;
    private readonly IWeightGradient weightGradient;
    private readonly nint lineStride;
    private readonly int tileRows;
    private readonly Conv conv;
    private readonly KernelQuantiser? quantiser;

    /// <param name="rows">Where the gradient of the output comes from; null: it stands in <paramref name="outputGradient"/>.</param>
    public ConvLayer(
        PlanContext plan, int stage, int index, Conv conv, ConvGeometry geometry,
        FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient, IGradientRows? rows)
    {
        (this.index, this.conv, this.geometry, blocks, seed, kernels) = (index, conv, geometry, plan.Blocks, plan.Seed, plan.Kernels);
        (this.input, this.output, this.inputGradient, this.outputGradient) = (input, output, inputGradient, outputGradient);
        Rows = rows;
        int channels = input.Shape.Channels, group = channels / conv.Groups, filters = conv.Filters / conv.Groups, taps = conv.KernelHeight * conv.KernelWidth * group;
        bool depthwise = IsDepthwise(conv, channels);
        kernel = plan.Parameters.Add(index, "kernel", conv.Filters * taps);
        quantiser = conv.Grid is null ? null : new KernelQuantiser(plan, index, kernel, conv.Filters, conv.Grid);
        bias = conv.Bias ? plan.Parameters.Add(index, "bias", conv.Filters) : null;
        zeros = plan.Arena.Reserve(Math.Max(conv.Filters, channels));
        int now = plan.Clock.Forward(stage), then = plan.Clock.Backward(stage);
        biasSums = plan.Arena.Reserve(conv.Filters * 16, then, then);

        // A kernel row is one run of taps where pixels stand side by side; otherwise each pixel is a run.
        bool joined = conv.Groups == 1 && (conv.KernelWidth == 1 || (conv.DilationWidth == 1 && input.Step == channels * 16));
        nint[] offsets = ForwardTaps(joined ? 1 : conv.KernelWidth);
        int runLength = joined ? conv.KernelWidth * channels : group;
        nint step = conv.StrideWidth * input.Step;
        lineStride = conv.StrideHeight * input.Row;
        var pass = new WeightGradientPass
        {
            InputStep = step, InputRow = lineStride, GradientStep = outputGradient.Step, GradientRow = outputGradient.Row, Pixels = output.Shape.Width,
        };
        int[] sources = [.. Enumerable.Range(0, taps)];
        forward = depthwise
            ? new DepthwiseConvolution(plan, channels, output.Shape.Width, offsets, step, output.Step, sources, taps, now)
            : Grouped(conv.Groups, () => new TiledConvolution(plan, filters, output.Shape.Width, offsets, runLength, step, output.Step, sources, taps, now, now), filters * taps, group, filters);
        weightGradient = depthwise
            ? new DepthwiseWeightGradient(plan, channels, offsets, pass, then)
            : Grouped(conv.Groups, () => new TiledWeightGradient(plan, filters, offsets, runLength, pass, then, then), filters * taps, group, filters);
        phases = inputGradient is null ? [] : GradientPhase.All(plan, conv, geometry, inputGradient, outputGradient, then);
        tileRows = TileRows(output.Shape, rows?.RowMultiple ?? 1);
    }

    /// <summary>One filter for each channel.</summary>
    public static bool IsDepthwise(Conv conv, int channels) => conv.Groups > 1 && conv.Groups == conv.Filters && conv.Groups == channels;

    public static ILineConvolution Grouped(int groups, Func<ILineConvolution> one, int weights, int inputs, int outputs) =>
        groups == 1 ? one() : new GroupedConvolution([.. Enumerable.Range(0, groups).Select(_ => one())], weights, inputs, outputs);

    private static IWeightGradient Grouped(int groups, Func<IWeightGradient> one, int weights, int inputs, int outputs) =>
        groups == 1 ? one() : new GroupedWeightGradient([.. Enumerable.Range(0, groups).Select(_ => one())], weights, inputs, outputs);

    public IGradientRows? Rows { get; }

    /// <summary>Where sums of the output and of its squares go, for a normalisation that follows: [channel][2][16].</summary>
    public Region? Moments { get; set; }

    /// <summary>Who takes sums over the gradient of the input.</summary>
    public IGradientRowsSink? Sink { get; set; }

    /// <summary>Who writes the input when it is asked for; null: it stands there.</summary>
    public IValueRows? Values { get; set; }

    /// <summary>Rows of output gradients that are worked on at a time.</summary>
    public static int TileRows(Shape output, int multiple)
    {
        int wanted = (TilePixels + output.Width - 1) / output.Width;
        return Math.Min((wanted + multiple - 1) / multiple * multiple, (output.Height + multiple - 1) / multiple * multiple);
    }

    public override void Bind()
    {
        forward.Bind();
        weightGradient.Bind();
        foreach (GradientPhase phase in phases) phase.Bind();
    }

    /// <summary>He et al. 2015: normal with variance 2 / fan-in, for the ReLU that follows most convolutions.</summary>
    public override void Initialise() => HeNormal.Fill(kernel, seed, index, kernel.Count / conv.Filters);

    public override void Forward(long step)
    {
        forward.Pack(quantiser is null ? kernel.Values : quantiser.Integers());
        Moments?.Clear();
        float* moments = Moments is null ? null : Moments.Pointer;
        float* start = bias is null ? zeros.Pointer : bias.Values;
        for (int block = 0; block < blocks; block++)
            for (int row = 0, written = 0; row < output.Shape.Height; row++)
            {
                int needed = InputRows(row + 1);
                Values?.WriteValues(block, written, needed - written);
                forward.Line(InputOf(block, row), start, output.At(block, row, 0), moments);
                written = needed;
            }
    }

    public override void Backward()
    {
        Rows?.BeginRows();
        Sink?.ClearSums();
        weightGradient.Clear();
        biasSums.Clear();
        foreach (GradientPhase phase in phases) phase.Pack(quantiser is null ? kernel.Values : quantiser.Reals);
        // Rows that another layer writes on demand come to shared memory: what stood there before is no halo of zeros.
        if (Rows is not null) outputGradient.ClearHalo();
        for (int block = 0; block < blocks; block++)
        {
            for (int row = 0, written = 0; row < output.Shape.Height; row += tileRows)
            {
                int count = Math.Min(tileRows, output.Shape.Height - row), needed = InputRows(row + count);
                Values?.RewriteValues(block, written, needed - written);
                BackwardRows(block, row, count);
                written = needed;
            }
            if (inputGradient is not null) BackwardInput(block);
        }
        weightGradient.Finish(kernel.Gradients);
        quantiser?.Return();
        if (bias is not null)
            for (int c = 0; c < conv.Filters; c++) bias.Gradients[c] = LaneSum.Of(biasSums.Pointer + c * 16);
    }

    private void BackwardRows(int block, int row, int count)
    {
        // Without a gradient for the input, rows are not needed twice, and the map holds just one tile of them.
        int at = inputGradient is null && Rows is not null ? 0 : row;
        Rows?.WriteRows(block, row, count, outputGradient, at);
        weightGradient.Add(InputOf(block, row), outputGradient.At(block, at, 0), count);
        if (bias is null) return;
        for (int i = 0; i < count; i++)
            kernels.AddSums(outputGradient.Line(block, at + i), output.Shape.Width, conv.Filters, biasSums.Pointer);
    }

    private void BackwardInput(int block)
    {
        int height = input.Shape.Height, stride = conv.StrideHeight;
        for (int first = 0, t = 0; first < height; first += stride, t++)
        {
            foreach (GradientPhase phase in phases)
                if (first + phase.Row < height) phase.Line(block, t, zeros.Pointer);
            Sink?.RowsWritten(block, first, Math.Min(stride, height - first));
        }
    }

    /// <summary>Rows of the input, from the first, that the first <paramref name="rows"/> of the output read.</summary>
    private int InputRows(int rows) => Math.Clamp(
        (rows - 1) * conv.StrideHeight - geometry.Vertical.Before + (conv.KernelHeight - 1) * conv.DilationHeight + 1, 0, input.Shape.Height);

    /// <summary>The first tap of the first pixel of an output row.</summary>
    private float* InputOf(int block, int row) =>
        input.At(block, -geometry.Vertical.Before, -geometry.Horizontal.Before) + row * lineStride;

    private nint[] ForwardTaps(int perRow)
    {
        var offsets = new nint[conv.KernelHeight * perRow];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = i / perRow * conv.DilationHeight * input.Row + i % perRow * conv.DilationWidth * input.Step;
        return offsets;
    }
}
