using System.Globalization;

namespace TinyNas.Model;

/// <summary>Height × width × channels of one sample or feature map. Recordings and windows have a height of 1 and time as width.</summary>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    public int Count => Height * Width * Channels;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}x{Channels}");
}
