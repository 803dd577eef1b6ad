using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// Whether the file of an open database was replaced or deleted: further writes would be lost with the old file, while
/// other processes use the new one.
/// </summary>
internal static class MovedFile
{
#if NET8_0_OR_GREATER
    // https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMoved = 20;

    /// <summary>Asks SQLite, which identifies the file by its inode.</summary>
    public static bool Is(SqliteConnection connection)
    {
        // On Windows an open file cannot be moved.
        if (OperatingSystem.IsWindows() || connection.Handle is not { } handle)
            return false;
        var moved = 0;
        return FileControl(handle.DangerousGetHandle(), IntPtr.Zero, HasMoved, ref moved) == 0 && moved != 0;
    }

    [System.Runtime.InteropServices.DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(
        System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories
            | System.Runtime.InteropServices.DllImportSearchPath.AssemblyDirectory
    )]
    private static extern int FileControl(IntPtr database, IntPtr name, int operation, ref int result);
#else
    /// <summary>False: on Windows an open file cannot be moved.</summary>
    public static bool Is(SqliteConnection connection) => connection is null;
#endif
}
