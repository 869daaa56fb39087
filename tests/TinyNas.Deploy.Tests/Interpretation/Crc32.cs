using System.Globalization;

namespace TinyNas.Deploy.Tests;

/// <summary>CRC-32 as in zip files (polynomial EDB88320), in hexadecimal.</summary>
internal static class Crc32
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return (~crc).ToString("x8", CultureInfo.InvariantCulture);
    }
}
