using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Brings samples into the batch layout, in the order of <see cref="SampleOrder"/>.</summary>
internal sealed unsafe class BatchLoader
{
    private readonly ISampleSource samples;
    private readonly SampleOrder order;
    private readonly FeatureMap input;
    private readonly FeatureMap? wanted;
    private readonly FloatNetwork? teacher;
    private readonly float[] values;
    private readonly int[] targets;
    private readonly float[] block;

    /// <summary>What the batch's samples are mixed with; null: nothing.</summary>
    public TargetMixture? Mixture { get; }

    /// <param name="wanted">Where the samples' values go, or what a teacher says of them; null: they have classes alone.</param>
    public BatchLoader(ISampleSource samples, FeatureMap input, int batchSize, ulong seed, FeatureMap? wanted = null, Teacher? teacher = null)
    {
        (this.samples, this.input) = (samples, input);
        order = new SampleOrder(samples.Count, batchSize, seed);
        this.wanted = wanted;
        this.teacher = teacher is null ? null : new FloatNetwork(teacher.Network);
        values = new float[wanted?.Shape.Count ?? 0];
        targets = new int[batchSize];
        block = new float[16 * samples.Shape.Count];
        if (samples.IsMixed) Mixture = new TargetMixture(new int[batchSize], new float[batchSize]);
    }

    public int Steps => order.Steps;

    /// <summary>Classes of the batch's samples.</summary>
    public ReadOnlySpan<int> Targets => targets;

    /// <summary>Bytes that a loader holds beside the arena.</summary>
    public static long BytesFor(ISampleSource samples, int batchSize) => sizeof(int) * ((long)samples.Count + batchSize) + 64L * samples.Shape.Count;

    public void BeginEpoch(int number) => order.BeginEpoch(number);

    public void Load(int step)
    {
        int size = samples.Shape.Count;
        for (int i = 0; i < targets.Length; i++)
        {
            int index = order.SampleOf(step, i), lane = i % 16;
            if (wanted is null || teacher is not null) targets[i] = samples.Target(index);
            else ReadValues(index, i / 16, lane);
            if (Mixture is not null) (Mixture.Targets[i], Mixture.Shares[i]) = samples.MixtureOf(index, order.Epoch);
            samples.Read(index, order.Epoch, block.AsSpan(lane * size, size));
            // The teacher sees what the student sees, augmented and mixed.
            if (teacher is not null) Teach(block.AsSpan(lane * size, size), i / 16, lane);
            if (lane == 15) ToLanes(i / 16);
        }
    }

    private void ReadValues(int index, int number, int lane)
    {
        samples.ReadValues(index, values);
        Write(number, lane);
    }

    private void Teach(ReadOnlySpan<float> sample, int number, int lane)
    {
        teacher!.Infer(sample, values);
        Write(number, lane);
    }

    private void Write(int number, int lane)
    {
        float* to = wanted!.At(number, 0, 0) + lane;
        for (int i = 0; i < values.Length; i++) to[i * 16] = values[i];
    }

    /// <summary>16 samples side by side become 16 lanes, line by line; where pixels have gaps between them, pixel by pixel.</summary>
    private void ToLanes(int number)
    {
        Shape shape = samples.Shape;
        bool whole = input.Step == shape.Channels * 16;
        int run = whole ? shape.Width * shape.Channels : shape.Channels;
        fixed (float* start = block)
            for (int y = 0; y < shape.Height; y++)
                for (int x = 0; x < (whole ? 1 : shape.Width); x++)
                    Interleave.Run(start + (y * shape.Width + x) * shape.Channels, shape.Count, input.At(number, y, x), run);
    }
}
