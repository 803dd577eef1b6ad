using System.Runtime.InteropServices;

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Files that only their owner may read. On Windows the user's own folders have such permissions already.
/// </summary>
internal static class OwnerOnlyFile
{
    /// <summary>
    /// Creates the file, and its folder, if they do not exist; never through a link. The permissions of an existing file
    /// are not changed until it is known to belong to the module (<see cref="Restrict"/>).
    /// </summary>
    public static void Ensure(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!string.IsNullOrEmpty(folder))
            Directory.CreateDirectory(folder);
        // An existing file is not opened: closing it would release all locks of this process on it, including those of
        // SQLite (https://www.sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled").
        if (File.Exists(path))
            return;
        try
        {
            Create(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    /// <summary>
    /// Writes a new file in place of an existing one. A link in its place is replaced, and the file it leads to is not
    /// changed.
    /// </summary>
    public static void Replace(string path, string text)
    {
        File.Delete(path);
        using var writer = new StreamWriter(Create(path));
        writer.Write(text);
    }

    // CreateNew fails if there is anything, a link without a target included.
    private static FileStream Create(string path)
    {
        var stream = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete
        );
        Restrict(path);
        return stream;
    }

#if NET8_0_OR_GREATER
    /// <summary>Removes the permissions of other users on a file.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Whether other users may read a file, by its mode; false on Windows, where that is not looked up.</summary>
    public static bool IsReadableByOthers(string path) =>
        !OperatingSystem.IsWindows()
        && File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
#else
    /// <summary>Whether other users may read a file; not looked up by this build, which is for Windows.</summary>
    public static bool IsReadableByOthers(string path) => false;

    /// <summary>Removes the permissions of other users on a file.</summary>
    public static void Restrict(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && ChangeMode(path, OwnerReadWrite) != 0)
            throw new IOException($"The permissions of '{path}' could not be restricted to its owner.");
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
