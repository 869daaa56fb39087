using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyNas.Training;

/// <summary>
/// The one order in which 16 lane sums become one number: halves of 8, of 4, of 2, of 1 are added. Vector128 additions are
/// element by element on every machine, so this needs no variant per width.
/// </summary>
internal static unsafe class LaneSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float* lanes)
    {
        Vector128<float> quarters = (Vector128.Load(lanes) + Vector128.Load(lanes + 8)) + (Vector128.Load(lanes + 4) + Vector128.Load(lanes + 12));
        return (quarters.GetElement(0) + quarters.GetElement(2)) + (quarters.GetElement(1) + quarters.GetElement(3));
    }

    /// <summary>First lane to last in double precision: for the few sums whose differences matter.</summary>
    public static double Precise(float* lanes)
    {
        double sum = 0;
        for (int i = 0; i < 16; i++) sum += lanes[i];
        return sum;
    }
}
