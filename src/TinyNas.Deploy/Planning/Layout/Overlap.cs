namespace TinyNas.Deploy;

/// <summary>
/// Where an output may begin, counted in bytes from the beginning of an input that dies as it is written: at
/// <paramref name="Below"/> or lower, where the kernel walks forwards, and at <paramref name="Above"/> or higher, where it can walk
/// backwards or the two do not touch.
/// </summary>
internal readonly record struct Overlap(int Below, int Above)
{
    public static Overlap None(int inputBytes, int outputBytes) => new(-outputBytes, inputBytes);

    /// <summary>The fewest bytes that hold both.</summary>
    public int Extent(int inputBytes, int outputBytes)
    {
        int slack = inputBytes - outputBytes;
        return Math.Min(
            At(Math.Min(Below, Math.Max(0, slack)), inputBytes, outputBytes), At(Math.Max(Above, Math.Min(0, slack)), inputBytes, outputBytes));
    }

    private static int At(int offset, int inputBytes, int outputBytes) => Math.Max(inputBytes, offset + outputBytes) - Math.Min(0, offset);
}
