namespace TinyNas.Deploy;

/// <summary>Multipliers (int32_t) and shifts (int8_t) of a step in flash: 5 bytes per channel.</summary>
internal static class RequantizationArrays
{
    public static (string Multipliers, string Shifts) Emit(CSource source, int step, Requantization q)
    {
        source.ShiftsLeft |= q.Shifts.Any(s => s > 0);
        return (
            source.Array($"multipliers_{step}", "int32_t", q.Multipliers.AsSpan()),
            source.Array($"shifts_{step}", "int8_t", q.Shifts.AsSpan()));
    }
}
