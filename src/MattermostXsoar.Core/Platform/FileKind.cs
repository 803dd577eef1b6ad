using System.Runtime.InteropServices;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Tells files from pipes, sockets and devices, which .NET treats alike: a pipe that nobody writes to blocks whoever
/// opens it, and a device may have no end.
/// </summary>
internal static class FileKind
{
    // sys/stat.h; the same on Linux and macOS.
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>
    /// Whether an existing file, or the one that a link leads to, has content of its own. True where that is unknown.
    /// </summary>
    public static bool IsRegular(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return true;
        try
        {
            return GetStatus(path, out var status) != 0 || (status.Mode & TypeMask) == Regular;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A host that has the runtime's native part built in.
            return true;
        }
    }

    // stat(2) as .NET itself calls it: the system's own structure differs between systems and processors.
    [DllImport(
        "libSystem.Native",
        EntryPoint = "SystemNative_Stat",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(string path, out FileStatus status);

    // The runtime's structure is longer, and its later fields differ between versions.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct FileStatus
    {
        [FieldOffset(4)]
        public readonly int Mode;
    }
}
