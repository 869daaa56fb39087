namespace TinyNas.Model;

/// <summary>What the target has: bytes of RAM and flash, multiply-accumulates and seconds per inference. Null = unlimited.</summary>
public sealed record Budget(long? Ram = null, long? Flash = null, long? Macs = null, double? Latency = null)
{
    public static readonly Budget Unlimited = new();
}
