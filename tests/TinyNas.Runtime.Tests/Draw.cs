namespace TinyNas.Runtime.Tests;

/// <summary>Seeded numbers (xorshift) for tests that must not depend on other projects.</summary>
internal sealed class Draw(ulong seed)
{
    private ulong state = unchecked(seed * 0x9E3779B97F4A7C15 | 1);

    public ulong Bits()
    {
        unchecked
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state * 0x2545F4914F6CDD1D;
        }
    }

    /// <summary>Any 32-bit number.</summary>
    public int Any() => unchecked((int)(Bits() >> 32));

    /// <summary>Uniform in [low, high].</summary>
    public int Between(int low, int high) => (int)(low + (long)(Bits() % (ulong)((long)high - low + 1)));

    public sbyte[] Int8(int count, int low = -128, int high = 127)
    {
        var values = new sbyte[count];
        for (int i = 0; i < count; i++) values[i] = (sbyte)Between(low, high);
        return values;
    }

    public int[] Int32(int count, int low, int high)
    {
        var values = new int[count];
        for (int i = 0; i < count; i++) values[i] = Between(low, high);
        return values;
    }
}
