using System.Reflection;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>A service's own open state file, and copies of it.</summary>
internal static class OpenStore
{
    private static readonly string[] Ends = ["", "-wal", "-shm"];

    /// <summary>From now on SQLite itself refuses every write that needs one page more, as it does when the disk is
    /// full.</summary>
    public static void FillDisk(MirrorService service) => Execute(service, "PRAGMA max_page_count = 1");

    public static void FreeDisk(MirrorService service) => Execute(service, "PRAGMA max_page_count = 1073741823");

    /// <summary>From now on SQLite itself refuses every write, as it does with a file that may not be
    /// written.</summary>
    public static void ForbidWriting(MirrorService service) => Execute(service, "PRAGMA query_only = ON");

    public static void AllowWriting(MirrorService service) => Execute(service, "PRAGMA query_only = OFF");

    /// <summary>A copy as <c>sqlite3 FILE ".backup COPY"</c> makes it while a listener works.</summary>
    public static string BackUp(string path)
    {
        var copy = path + ".backup";
        using var source = new SqliteConnection($"Data Source={path};Pooling=False");
        using var target = new SqliteConnection($"Data Source={copy};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        return copy;
    }

    /// <summary>Takes the store away with all that belongs to it.</summary>
    public static void Delete(string path)
    {
        foreach (var end in Ends)
            File.Delete(path + end);
    }

    /// <summary>Puts a copy in the store's place, as the documentation describes.</summary>
    public static void Restore(string copy, string path)
    {
        Delete(path);
        File.Move(copy, path);
    }

    // Not as a command of the connection, which is the writer's alone; SQLite's own calls may come from any thread.
    private static void Execute(MirrorService service, string sql)
    {
        var context = ((LazyMirrorContext)Field(service, "_context")).Get();
        var connection = (SqliteConnection)Field(Field(context.Store, "_access"), "_writeConnection");
        Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_exec(connection.Handle, sql));
    }

    private static object Field(object holder, string name) =>
        holder.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(holder)!;
}
