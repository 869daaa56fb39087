namespace TinyNas.Training;

/// <summary>Rows and columns of zeros around a map.</summary>
public sealed record Pad(int Top, int Left, int Bottom, int Right) : Layer;

/// <summary>Every pixel becomes Height × Width equal ones (nearest neighbour).</summary>
public sealed record Upsample(int Height, int Width) : Layer;
