using MattermostXsoar.Core.Errors;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>Turns what SQLite and the file system say into errors with advice.</summary>
internal static class StoreErrors
{
    // Result codes of https://www.sqlite.org/rescode.html
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
                "another program holds it.",
                "Close what has it open (a backup, a database browser); what was waiting goes on by itself.",
                exception
            ),
            SqliteException { SqliteErrorCode: ReadOnly } => Unavailable(
                path,
                "it may not be written.",
                "Give this user the right to write the file and its folder; what was waiting goes on by itself.",
                exception
            ),
            SqliteException { SqliteErrorCode: Full } => Unavailable(
                path,
                "the disk is full.",
                "Free some space; what was waiting goes on by itself.",
                exception
            ),
            SqliteException or IOException or UnauthorizedAccessException => Unavailable(
                path,
                exception.Message,
                "Check that the folder exists, that this user may write there and that the disk has room, or choose another -StatePath.",
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
            "It was left as it is. Restore it from a backup, or move it (with its -wal and -shm files) out of the way and start the mirrors again: "
                + "a new store begins with what is said from then on.",
            cause
        );

    public static MattermostXsoarException TooNew(string path, long found, long known) =>
        new(
            ErrorIds.StoreTooNew,
            ErrorKind.Store,
            $"The state file '{path}' was written by a newer version of MattermostXsoar (layout {found}; this version knows {known}).",
            "Update the module on this machine, or give another -StatePath. The file was left as it is."
        );

    public static MattermostXsoarException OfAnotherBot(string path, string foundBot, string ourBot) =>
        new(
            ErrorIds.StoreOfAnotherBot,
            ErrorKind.Store,
            $"The state file '{path}' belongs to the Mattermost bot '{foundBot}', and this session's bot is '{ourBot}'.",
            "Connect with that bot's token, or give this session a -StatePath of its own."
        );

    public static MattermostXsoarException TakenAway(string path, string what) =>
        new(
            ErrorIds.StoreUnavailable,
            ErrorKind.Store,
            $"The file '{path}' {what} while the listener worked with it.",
            "The listener ended, so that no line is said twice. Disconnect with Disconnect-Mattermost, put the state file or a copy of it back if there is one, "
                + "and connect again. Without one, start the mirrors again: they carry what is said from then on."
        );

    public static MattermostXsoarException Disconnected() =>
        new(
            ErrorIds.NotConnected,
            ErrorKind.InvalidOperation,
            "This session is disconnected.",
            "Connect again with Connect-Mattermost."
        );

    private static MattermostXsoarException Unavailable(string path, string why, string advice, Exception cause) =>
        new(
            ErrorIds.StoreUnavailable,
            ErrorKind.Store,
            $"The state file '{path}' could not be used: {why}",
            advice,
            cause
        );
}
