using System.Runtime.InteropServices;

namespace TinyNas.Training;

/// <summary>A stretch of the <see cref="Arena"/>; its address is known once the arena is committed.</summary>
internal sealed unsafe class Region(long floats, int first, int last)
{
    public long Floats { get; } = floats;

    /// <summary>Moments of the step (see <see cref="StepClock"/>) between which the contents matter.</summary>
    public int First { get; } = first;
    public int Last { get; } = last;

    public long Offset { get; set; }
    public float* Pointer { get; set; }

    /// <summary>For a region made by <see cref="Arena.ReserveOffsets"/>.</summary>
    public nint* FillOffsets(nint[] offsets)
    {
        var target = (nint*)Pointer;
        for (int i = 0; i < offsets.Length; i++) target[i] = offsets[i];
        return target;
    }

    public void Clear() => new Span<float>(Pointer, checked((int)Floats)).Clear();
}

/// <summary>
/// All memory of a training run in one aligned block outside the collector's heap. Everything is reserved first, so the
/// size is known before a byte is allocated; regions whose lifetimes do not meet share memory.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const int Alignment = 64;
    private const long LineFloats = Alignment / sizeof(float);
    private readonly List<Region> regions = [];
    private float* memory;

    /// <summary>Valid after <see cref="Place"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>Memory that keeps its contents from step to step, zero at first.</summary>
    public Region Reserve(long floats) => Reserve(floats, int.MinValue, int.MaxValue);

    /// <summary>Memory that others may overwrite outside the moments <paramref name="first"/> to <paramref name="last"/>.</summary>
    public Region Reserve(long floats, int first, int last)
    {
        var region = new Region(floats, first, last);
        regions.Add(region);
        return region;
    }

    /// <summary>A table of address offsets, which kernels read without bounds checks.</summary>
    public Region ReserveOffsets(int count) => Reserve((long)count * sizeof(nint) / sizeof(float));

    /// <summary>Largest first, each at the lowest place that is free during its life.</summary>
    public void Place()
    {
        var placed = new List<Region>();
        long end = 0;
        foreach (Region region in regions.OrderByDescending(r => r.Floats))
        {
            long offset = 0;
            foreach (Region other in placed.Where(o => o.First <= region.Last && region.First <= o.Last).OrderBy(o => o.Offset))
            {
                if (offset + Padded(region) <= other.Offset) break;
                offset = Math.Max(offset, other.Offset + Padded(other));
            }
            region.Offset = offset;
            placed.Add(region);
            end = Math.Max(end, offset + Padded(region));
        }
        Bytes = end * sizeof(float);
    }

    public void Commit()
    {
        var size = checked((nuint)Math.Max(Bytes, Alignment));
        memory = (float*)NativeMemory.AlignedAlloc(size, size < HugePages.Size ? (nuint)Alignment : HugePages.Size);
        HugePages.Advise(memory, size);
        NativeMemory.Clear(memory, size);
        foreach (Region region in regions) region.Pointer = memory + region.Offset;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
        GC.SuppressFinalize(this);
    }

    ~Arena() => Dispose();

    private static long Padded(Region region) => (region.Floats + LineFloats - 1) / LineFloats * LineFloats;
}
