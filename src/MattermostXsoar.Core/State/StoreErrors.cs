using MattermostXsoar.Core.Errors;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>Turns errors of SQLite and the file system into errors with advice.</summary>
internal static class StoreErrors
{
    // Result codes: https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    public static MattermostXsoarException From(Exception exception, string path) =>
        exception switch
        {
            MattermostXsoarException ours => ours,
            SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => Damaged(path, exception.Message, exception),
            SqliteException { SqliteErrorCode: Busy } => Unavailable(
                path,
                "another program has locked it.",
                "Close the program that has it open (a backup, a database browser); pending writes are retried.",
                exception
            ),
            SqliteException { SqliteErrorCode: ReadOnly } => Unavailable(
                path,
                "it is read-only for this user.",
                "Give this user the right to write the file and its folder; pending writes are retried.",
                exception
            ),
            SqliteException { SqliteErrorCode: Full } => Unavailable(
                path,
                "the disk is full.",
                "Free some space; pending writes are retried.",
                exception
            ),
            SqliteException or IOException or UnauthorizedAccessException => Unavailable(
                path,
                exception.Message,
                "Check that the folder exists, that this user may write to it and that the disk has free space, or "
                    + "choose another -StatePath.",
                exception
            ),
            _ => new MattermostXsoarException(
                ErrorIds.StoreUnavailable,
                ErrorKind.Store,
                $"The state file '{path}' could not be used: {exception.Message}",
                null,
                exception
            ),
        };

    public static MattermostXsoarException Damaged(string path, string why, Exception? cause = null) =>
        new(
            ErrorIds.StoreDamaged,
            ErrorKind.Store,
            $"The state file '{path}' cannot be read as a MattermostXsoar store: {why}",
            "The file was not changed. Restore it from a backup, or move it away (with its -wal and -shm files) and "
                + "start the mirrors again: a new store begins with messages and entries written from then on.",
            cause
        );

    public static MattermostXsoarException Linked(string path, string link) =>
        Unavailable(
            path,
            path == link ? "it is a symbolic link." : $"'{link}' is a symbolic link.",
            path == link
                ? "Give the path of the file that the link leads to with -StatePath. A link to the folder can be used."
                : "Find out who created the link, and remove it. The module writes to no file through a link."
        );

    public static MattermostXsoarException NotRegular(string path) =>
        Unavailable(path, "it is a pipe, a socket or a device.", "Give the path of a file with -StatePath.");

    public static MattermostXsoarException TooNew(string path, long found, long known) =>
        new(
            ErrorIds.StoreTooNew,
            ErrorKind.Store,
            $"The state file '{path}' was written by a newer version of MattermostXsoar (schema version {found}; this "
                + $"version of the module knows {known}).",
            "Update the module on this machine, or give another -StatePath. The file was not changed."
        );

    public static MattermostXsoarException OfAnotherBot(string path, string foundBot, string ourBot) =>
        new(
            ErrorIds.StoreOfAnotherBot,
            ErrorKind.Store,
            $"The state file '{path}' belongs to the Mattermost bot '{foundBot}', but the bot of this session is "
                + $"'{ourBot}'.",
            "Connect with that bot's token, or give this session another -StatePath."
        );

    public static MattermostXsoarException Lost(string path, string what) =>
        new(
            ErrorIds.StoreUnavailable,
            ErrorKind.Store,
            $"The file '{path}' {what} while the listener used it.",
            "The listener ended, so that nothing is delivered twice. Disconnect with Disconnect-Mattermost, restore "
                + "the state file or a copy of it if there is one, and connect again. Without one, start the mirrors "
                + "again: they mirror what is written from then on."
        );

    public static MattermostXsoarException Disconnected() =>
        new(
            ErrorIds.NotConnected,
            ErrorKind.InvalidOperation,
            "This session is disconnected.",
            "Connect again with Connect-Mattermost."
        );

    private static MattermostXsoarException Unavailable(
        string path,
        string why,
        string advice,
        Exception? cause = null
    ) =>
        new(
            ErrorIds.StoreUnavailable,
            ErrorKind.Store,
            $"The state file '{path}' could not be used: {why}",
            advice,
            cause
        );
}
