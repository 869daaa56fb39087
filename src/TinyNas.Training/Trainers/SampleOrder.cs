using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Which sample stands where in which batch. An epoch is a new permutation of all samples; its last batch is filled up from the
/// permutation's beginning, so that every sample is seen in every epoch and a data set may be smaller than a batch.
/// </summary>
internal sealed class SampleOrder(int samples, int batchSize, ulong seed)
{
    private static readonly ulong Purpose = RandomStream.KeyOf("order of samples");
    private readonly int[] order = new int[samples];

    public int Epoch { get; private set; }

    /// <summary>Batches of an epoch.</summary>
    public int Steps => (samples + batchSize - 1) / batchSize;

    public void BeginEpoch(int number)
    {
        Epoch = number;
        for (int i = 0; i < order.Length; i++) order[i] = i;
        RandomStream.Create(seed, Purpose, (ulong)number).Shuffle<int>(order);
    }

    public int SampleOf(int step, int place) => order[(int)(((long)step * batchSize + place) % order.Length)];
}
