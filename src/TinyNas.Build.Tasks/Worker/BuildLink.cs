using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>
/// The connection over which this process, if it is one of MSBuild's nodes, takes its work. Its other end is the process
/// that runs the build: the parent of a fresh node, and for a reused one, whose parent may be long gone, somebody else.
/// </summary>
internal sealed class BuildLink
{
    private const int UnixFamily = 1, SocketLevel = 1, PeerCredentials = 17, CredentialBytes = 12, PathOffset = 2;
    private static readonly int Self = OwnId();

    private BuildLink(int build, bool toNode) => (Build, ToNode) = (build, toNode);

    /// <summary>Process number of the build.</summary>
    public int Build { get; }

    /// <summary>True in a node, which is of no use without its build; false in a server, which waits for the next one.</summary>
    public bool ToNode { get; }

    /// <summary>Null in the build's own process, and on systems other than Linux, whose nodes do notice when their build dies (see <see cref="BuildWatch"/>).</summary>
    public static BuildLink? Find()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux)) return null;
        try
        {
            foreach (string file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
                if (int.TryParse(Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && Describe(descriptor) is { } link)
                    return link;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without /proc or with another C library: then the end of the node must do.
        }
        return null;
    }

    // Nodes listen under a name of MSBuild's, so this end of a connection has that name; a listening socket has itself as its peer.
    private static BuildLink? Describe(int descriptor)
    {
        byte[] address = new byte[128];
        int length = address.Length;
        if (GetSocketName(descriptor, address, ref length) != 0 || length <= PathOffset || BitConverter.ToUInt16(address, 0) != UnixFamily) return null;
        string name = Path.GetFileName(Encoding.UTF8.GetString(address, PathOffset, Math.Min(length, address.Length) - PathOffset).TrimEnd('\0'));
        if (!name.StartsWith("MSBuild", StringComparison.Ordinal)) return null;

        byte[] credentials = new byte[CredentialBytes];
        length = CredentialBytes;
        if (GetSocketOption(descriptor, SocketLevel, PeerCredentials, credentials, ref length) != 0 || length != CredentialBytes) return null;
        int peer = BitConverter.ToInt32(credentials, 0);
        return peer <= 0 || peer == Self ? null : new BuildLink(peer, name == "MSBuild" + Self.ToString(CultureInfo.InvariantCulture));
    }

    private static int OwnId()
    {
        using Process self = Process.GetCurrentProcess();
        return self.Id;
    }

    [DllImport("libc", EntryPoint = "getsockname")]
    private static extern int GetSocketName(int socket, byte[] address, ref int length);

    [DllImport("libc", EntryPoint = "getsockopt")]
    private static extern int GetSocketOption(int socket, int level, int option, byte[] value, ref int length);
}
