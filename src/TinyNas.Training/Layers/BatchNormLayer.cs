using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015), with the ReLU and the max-pooling that follow it in the same passes over
/// memory. Variance is the biased one, for normalisation and for the moving statistics.
/// </summary>
/// <remarks>
/// Moving statistics are exponential with Momentum, but not from zero and one on: the momentum of step t is
/// min(Momentum, t / (t + 4)), polynomial-decay averaging (Shamir and Zhang 2013) until the two meet, so that a training of
/// a few dozen steps ends with statistics of its own last quarter and not of the initial values.
/// <para>
/// The variance is E[x²] - E[x]² from single-precision sums per lane, added up in double precision. That is good to about
/// 1e-6 of E[x²]: enough for what convolutions of normalised inputs give, too little where the mean is hundreds of deviations.
/// </para>
/// </remarks>
internal sealed unsafe class BatchNormLayer : TrainingLayer, IGradientRows, IGradientRowsSink, IValueRows
{
    private readonly BatchNorm norm;
    private readonly bool relu;
    private readonly Window window;
    private readonly bool pooled, afterConvolution, onDemand;
    private readonly KernelSet kernels;
    private readonly int blocks, channels;
    private readonly double elements;
    private readonly FeatureMap input, output;
    private readonly FeatureMap? inputGradient, outputGradient, winners;
    private readonly Parameter gamma, beta, mean, variance;
    private readonly Region sums, coefficients;
    private readonly double[] batchMean, inverseDeviation;
    private NormaliseCoefficients k;
    private bool sumsTaken;

    /// <param name="pool">The max-pooling that is part of this layer, or null.</param>
    /// <param name="inputGradient">Null where a convolution asks for it by rows, or nobody needs it.</param>
    /// <param name="afterConvolution">The convolution before adds up the moments of its output in <see cref="Sums"/>, and asks for the gradient by rows.</param>
    /// <param name="onDemand">The convolution behind asks for rows of the output.</param>
    public BatchNormLayer(
        PlanContext plan, int stage, int index, BatchNorm norm, bool relu, MaxPool? pool,
        FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap? outputGradient, bool afterConvolution, bool onDemand)
    {
        (this.norm, this.relu, pooled, this.afterConvolution, this.onDemand) = (norm, relu, pool is not null, afterConvolution, onDemand);
        (this.input, this.output, this.inputGradient, this.outputGradient) = (input, output, inputGradient, outputGradient);
        (kernels, blocks, channels) = (plan.Kernels, plan.Blocks, input.Shape.Channels);
        elements = (double)blocks * 16 * input.Shape.Height * input.Shape.Width;
        window = new Window { Height = pool?.Height ?? 1, Width = pool?.Width ?? 1, Row = input.Row };
        if (pooled)
            winners = new FeatureMap(plan.Arena, output.Shape, blocks, default, compact: true, plan.Clock.Forward(stage), plan.Clock.Backward(stage - 1));
        gamma = plan.Parameters.Add(index, "gamma", channels);
        beta = plan.Parameters.Add(index, "beta", channels);
        mean = plan.Parameters.Add(index, "mean", channels, trained: false);
        variance = plan.Parameters.Add(index, "variance", channels, trained: false);
        sums = plan.Arena.Reserve(channels * 32);
        coefficients = plan.Arena.Reserve(channels * 6);
        batchMean = new double[channels];
        inverseDeviation = new double[channels];
    }

    /// <summary>[channel][2][16]: forward the sums of the input and of its squares, backward those of the gradient.</summary>
    public Region Sums => sums;

    public int RowMultiple => window.Height;

    public override void Bind()
    {
        float* c = coefficients.Pointer;
        k = new NormaliseCoefficients
        {
            Scale = c, Shift = c + channels, Mean = c + 2 * channels,
            FromGradient = c + 3 * channels, FromInput = c + 4 * channels, Constant = c + 5 * channels,
        };
    }

    public override void Initialise()
    {
        gamma.Span.Fill(1);
        variance.Span.Fill(1);
    }

    public override void Forward(long step)
    {
        if (!afterConvolution) TakeMoments();
        double momentum = Math.Min(norm.Momentum, step / (step + 4.0));
        for (int c = 0; c < channels; c++)
        {
            double average = LaneSum.Precise(sums.Pointer + c * 32) / elements;
            double spread = Math.Max(LaneSum.Precise(sums.Pointer + c * 32 + 16) / elements - average * average, 0);
            mean.Values[c] = (float)(momentum * mean.Values[c] + (1 - momentum) * average);
            variance.Values[c] = (float)(momentum * variance.Values[c] + (1 - momentum) * spread);
            batchMean[c] = average;
            inverseDeviation[c] = 1 / Math.Sqrt(spread + norm.Epsilon);
            k.Scale[c] = (float)(gamma.Values[c] * inverseDeviation[c]);
            k.Shift[c] = (float)(beta.Values[c] - average * gamma.Values[c] * inverseDeviation[c]);
            k.Mean[c] = (float)average;
        }
        for (int block = 0; !onDemand && block < blocks; block++) WriteValues(block, 0, output.Shape.Height);
    }

    public void WriteValues(int block, int first, int count)
    {
        for (int row = first; row < first + count; row++) ForwardRow(block, row);
    }

    public void RewriteValues(int block, int first, int count)
    {
        FeatureMap source = winners ?? input;
        for (int row = first; row < first + count; row++)
            kernels.Normalise(relu, source.Line(block, row), output.Line(block, row), output.Shape.Width, channels, k.Scale, k.Shift);
    }

    public override void Backward()
    {
        if (afterConvolution) return;
        BeginRows();
        for (int block = 0; inputGradient is not null && block < blocks; block++) WriteRows(block, 0, input.Shape.Height, inputGradient, 0);
    }

    public void ClearSums()
    {
        sums.Clear();
        sumsTaken = true;
    }

    public void RowsWritten(int block, int first, int count)
    {
        // The pixels that won their windows are the only ones that a gradient reaches.
        FeatureMap source = winners ?? input;
        for (int row = first; row < first + count; row++)
            kernels.NormaliseGradientSums(
                relu, source.Line(block, row), outputGradient!.Line(block, row), output.Shape.Width, channels, k, sums.Pointer);
    }

    /// <summary>
    /// With g the gradient behind the normalisation and x the normalised input: dgamma = sum g x, dbeta = sum g and
    /// dz = gamma / deviation (g - dbeta / n - x dgamma / n), written as a linear function of g and z.
    /// </summary>
    public void BeginRows()
    {
        if (!sumsTaken)
        {
            sums.Clear();
            for (int block = 0; block < blocks; block++) RowsWritten(block, 0, output.Shape.Height);
        }
        sumsTaken = false;
        for (int c = 0; c < channels; c++)
        {
            double plain = LaneSum.Precise(sums.Pointer + c * 32);
            double dgamma = LaneSum.Precise(sums.Pointer + c * 32 + 16) * inverseDeviation[c];
            gamma.Gradients[c] = (float)dgamma;
            beta.Gradients[c] = (float)plain;
            double scale = gamma.Values[c] * inverseDeviation[c], slope = scale * inverseDeviation[c] * dgamma / elements;
            k.FromGradient[c] = (float)scale;
            k.FromInput[c] = (float)-slope;
            k.Constant[c] = (float)(slope * batchMean[c] - scale * plain / elements);
        }
    }

    public void WriteRows(int block, int first, int count, FeatureMap target, int targetRow)
    {
        int pooledRows = Math.Min(first / window.Height + (count + window.Height - 1) / window.Height, output.Shape.Height);
        int row = first;
        for (int p = first / window.Height; p < pooledRows; p++, row += window.Height)
            BackwardRow(block, p, row, target, targetRow + row - first);
        for (; row < first + count; row++) Unpooled(block, row, 0, target, targetRow + row - first);
    }

    private void ForwardRow(int block, int row)
    {
        Pixels z = input.Line(block, row * window.Height), y = output.Line(block, row);
        if (pooled) kernels.NormalisePool(relu, z, window, y, winners!.Line(block, row), output.Shape.Width, channels, k.Scale, k.Shift);
        else kernels.Normalise(relu, z, y, output.Shape.Width, channels, k.Scale, k.Shift);
    }

    private void BackwardRow(int block, int row, int inputRow, FeatureMap target, int targetRow)
    {
        Pixels z = input.Line(block, inputRow), dy = outputGradient!.Line(block, row), dz = target.Line(block, targetRow);
        if (!pooled)
        {
            kernels.NormaliseBackward(relu, z, dy, dz, output.Shape.Width, channels, k);
            return;
        }
        kernels.NormalisePoolBackward(relu, z, window, winners!.Line(block, row), dy, dz, target.Row, output.Shape.Width, channels, k);
        int covered = output.Shape.Width * window.Width;
        for (int i = 0; i < window.Height && covered < input.Shape.Width; i++) Unpooled(block, inputRow + i, covered, target, targetRow + i);
    }

    /// <summary>Pixels outside all windows: no gradient reaches them directly, but they took part in mean and variance.</summary>
    private void Unpooled(int block, int row, int column, FeatureMap target, int targetRow) => kernels.Normalise(
        false, input.Line(block, row, column), target.Line(block, targetRow, column), input.Shape.Width - column, channels, k.FromInput, k.Constant);

    private void TakeMoments()
    {
        sums.Clear();
        for (int block = 0; block < blocks; block++)
            for (int row = 0; row < input.Shape.Height; row++)
                kernels.AddMoments(input.Line(block, row), input.Shape.Width, channels, sums.Pointer);
    }
}
