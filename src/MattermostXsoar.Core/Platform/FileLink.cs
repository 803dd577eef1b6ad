#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace MattermostXsoar.Core.Platform;

/// <summary>Recognizes symbolic links, also those whose target does not exist.</summary>
internal static class FileLink
{
#if NET8_0_OR_GREATER
    /// <summary>Whether the last component of a path is a symbolic link.</summary>
    public static bool Is(string path) => new FileInfo(path).LinkTarget is not null;
#else
    /// <summary>Whether the last component of a path is a symbolic link.</summary>
    public static bool Is(string path)
    {
        try
        {
            if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0)
                return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        // On Windows other files are reparse points too: deduplicated ones, and those of a cloud drive.
        return !RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || IsNameSurrogate(path);
    }

    // IsReparseTagNameSurrogate of winnt.h: the file stands for another one.
    private const uint NameSurrogate = 0x20000000;

    private static bool IsNameSurrogate(string path)
    {
        var search = FindFirstFile(path, out var found);
        if (search == new IntPtr(-1))
            return false;
        FindClose(search);
        return (found.ReparseTag & NameSurrogate) != 0;
    }

    [DllImport("kernel32", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr FindFirstFile(string path, out FindData found);

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr search);

    // WIN32_FIND_DATAW: dwReserved0 holds the tag of a reparse point.
    [StructLayout(LayoutKind.Explicit, Size = 592)]
    private readonly struct FindData
    {
        [FieldOffset(36)]
        public readonly uint ReparseTag;
    }
#endif
}
