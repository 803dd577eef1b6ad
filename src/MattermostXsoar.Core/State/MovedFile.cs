using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// Tells whether an open database's file is another one by now, or gone: what is written then is lost with the old one,
/// and another process works with the new one.
/// </summary>
internal static class MovedFile
{
#if NET8_0_OR_GREATER
    // https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMoved = 20;

    /// <summary>Asks SQLite, which knows the file by its number in the file system.</summary>
    public static bool Is(SqliteConnection connection)
    {
        // Windows lets nobody move a file that is open.
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
    /// <summary>False: Windows PowerShell runs where nobody can move a file that is open.</summary>
    public static bool Is(SqliteConnection connection) => connection is null;
#endif
}
