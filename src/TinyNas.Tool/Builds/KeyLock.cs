namespace TinyNas.Tool.Builds;

/// <summary>
/// Lets one worker at a time search for a key, whatever project or build it belongs to; the others wait and find the result.
/// The system frees the lock when its process dies, whatever it died of.
/// </summary>
internal static class KeyLock
{
    private const int PollMilliseconds = 200;

    /// <param name="folder">The key's folder in the cache; made where it is missing.</param>
    /// <param name="waiting">Called once where another worker has the lock.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static async Task<IDisposable> AcquireAsync(string folder, Action waiting, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "search.lock");
        for (bool told = false; ; told = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException problem) when (SharingViolation.Is(problem))
            {
                if (!told) waiting();
                await Task.Delay(PollMilliseconds, cancellation);
            }
        }
    }
}
