using System.IO;

namespace TinyNas.Tool.Builds;

/// <summary>Tells "another process has the file" from everything else that opening one can meet, such as a file system that may not be written: waiting ends only the first.</summary>
internal static class SharingViolation
{
    private const int Windows = unchecked((int)0x80070020), LockedOnWindows = unchecked((int)0x80070021);

    // On Unix .NET hands on the number of the system's error: EWOULDBLOCK of flock, which Linux and the BSDs number differently.
    private const int Linux = 11, Bsd = 35;

    public static bool Is(IOException problem) => problem.HResult is Windows or LockedOnWindows or Linux or Bsd;
}
