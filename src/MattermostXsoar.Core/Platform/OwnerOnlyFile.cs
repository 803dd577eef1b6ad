using System.Runtime.InteropServices;

namespace MattermostXsoar.Core.Platform;

/// <summary>Files that only their owner may read. On Windows the user's own folders see to that already.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>
    /// Makes the file, and its folder, if they are not there. The rights on one that is there stay as they are until it
    /// is known to be ours (<see cref="Restrict"/>).
    /// </summary>
    public static void Ensure(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!string.IsNullOrEmpty(folder))
            Directory.CreateDirectory(folder);
        // An existing file is not opened: closing it would give back every lock this process holds on it, and SQLite's
        // with them (https://www.sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled").
        if (File.Exists(path))
            return;
        using (
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)
        ) { }

        Restrict(path);
    }

#if NET8_0_OR_GREATER
    /// <summary>Takes the rights of others on a file away.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
#else
    /// <summary>Takes the rights of others on a file away.</summary>
    public static void Restrict(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && ChangeMode(path, OwnerReadWrite) != 0)
            throw new IOException($"The rights of '{path}' could not be restricted to its owner.");
    }

    private const uint OwnerReadWrite = 0x180; // 0600

    [DllImport(
        "libc",
        EntryPoint = "chmod",
        SetLastError = true,
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(string path, uint mode);
#endif
}
