using System;
using System.IO;
using System.Threading;
using TinyNas.Tool.Builds;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Lets one build at a time work in a model's folder; a second one waits and then finds the result. The system frees the
/// lock when its process dies, whatever it died of.
/// </summary>
internal static class FolderLock
{
    /// <returns>The lock, or null when <paramref name="cancelled"/> came true first.</returns>
    public static IDisposable? Acquire(string folder, Action waiting, Func<bool> cancelled)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "build.lock");
        for (bool told = false; !cancelled();)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            }
            catch (IOException problem) when (SharingViolation.Is(problem))
            {
                if (!told) waiting();
                told = true;
                Thread.Sleep(200);
            }
        }
        return null;
    }
}
