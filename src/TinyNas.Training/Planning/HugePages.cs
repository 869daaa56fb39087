using System.Runtime.InteropServices;

namespace TinyNas.Training;

/// <summary>Asks for pages of 2 MiB where the system gives them on request: a step walks tens of MiB, more than small pages' translations cover.</summary>
internal static unsafe partial class HugePages
{
    public const int Size = 2 << 20;
    private const int MadviseHugePage = 14;

    public static void Advise(void* memory, nuint bytes)
    {
        // Advice only: where it is refused, everything works as well, a little slower.
        if (OperatingSystem.IsLinux() && bytes >= Size) _ = Madvise(memory, bytes, MadviseHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* address, nuint length, int advice);
}
