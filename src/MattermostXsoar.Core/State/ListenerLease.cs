using System.Diagnostics;
using System.Globalization;
using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.State;

/// <summary>
/// Ensures one listener per state file: a lock of the operating system on a file beside it, which the system releases
/// when the process ends, however it ends. Unlike a lease with a time it does not depend on clocks, and a successor
/// does not have to wait. Another file beside it names the holder, for error messages.
/// </summary>
internal sealed class ListenerLease : IDisposable
{
    // A look whether the lease is held opens the lock file as well, for an instant.
    private const int Tries = 5;

    private static readonly TimeSpan SeenInterval = TimeSpan.FromSeconds(30);

    private readonly FileStream _lock;
    private readonly string _storePath;
    private readonly TimeProvider _time;
    private long _seenAt;

    // The lock file is never written, so that its creation time stays the same even where the system knows only the
    // time of the last change.
    private readonly DateTime _createdAt;

    private ListenerLease(FileStream @lock, string storePath, TimeProvider time)
    {
        _lock = @lock;
        _storePath = storePath;
        _time = time;
        _createdAt = File.GetCreationTimeUtc(@lock.Name);
    }

    /// <summary>Takes the lease.</summary>
    /// <exception cref="MattermostXsoarException">ListenerAlreadyRunning, naming the holder;
    /// StoreUnavailable.</exception>
    public static ListenerLease Take(string storePath, TimeProvider time)
    {
        var lockPath = LockPath(storePath);
        FileStream? taken = null;
        try
        {
            StoreFile.CheckPlace(storePath);
            OwnerOnlyFile.Ensure(lockPath);
            taken = Open(lockPath);
            OwnerOnlyFile.Replace(HolderPath(storePath), Describe(time));
            var lease = new ListenerLease(taken, storePath, time);
            lease.WriteSeen();
            return lease;
        }
        catch (IOException) when (taken is null && IsHeld(storePath))
        {
            throw AlreadyRunning(storePath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            throw StoreErrors.From(exception, storePath);
        }
    }

    /// <summary>
    /// Checks that the files are still those that the lease was taken on: on some systems files in use can be deleted.
    /// </summary>
    /// <param name="store">The open store that the lease is for.</param>
    /// <exception cref="MattermostXsoarException">StoreUnavailable: the store, a file that SQLite keeps beside it, or
    /// the lock was deleted or replaced.</exception>
    public void CheckInPlace(StateStore store)
    {
        // SQLite keeps -wal and -shm beside the store while it is open; without them another process would not see
        // recent writes.
        foreach (var path in new[] { _storePath, _storePath + "-wal", _storePath + "-shm", _lock.Name })
        {
            if (!File.Exists(path))
                throw StoreErrors.Lost(path, "was deleted");
        }

        if (store.HasMoved())
            throw StoreErrors.Lost(_storePath, "was replaced");
        if (File.GetCreationTimeUtc(_lock.Name) != _createdAt)
            throw StoreErrors.Lost(_lock.Name, "was replaced");
    }

    /// <summary>Notes, now and then, that the holder is alive: see <see cref="LastSeen"/>.</summary>
    public void NoteAlive()
    {
        if (_time.GetElapsedTime(_seenAt) >= SeenInterval)
            WriteSeen();
    }

    /// <summary>Whether somebody holds the lease now.</summary>
    public static bool IsHeld(string storePath)
    {
        try
        {
            Open(LockPath(storePath)).Dispose();
            return false;
        }
        catch (IOException)
        {
            return File.Exists(LockPath(storePath));
        }
        catch (UnauthorizedAccessException)
        {
            // Another account's file, which this one may not open: nothing is known.
            return true;
        }
    }

    /// <summary>
    /// When the last holder was last alive, to within <see cref="SeenInterval"/>; null if there was none.
    /// </summary>
    public static DateTimeOffset? LastSeen(string storePath) =>
        File.Exists(HolderPath(storePath))
            ? new DateTimeOffset(File.GetLastWriteTimeUtc(HolderPath(storePath)), TimeSpan.Zero)
            : null;

    /// <summary>
    /// The last holder of the lease, which may not hold it any more, with the time; null if there was none.
    /// </summary>
    public static string? LastHolder(string storePath)
    {
        try
        {
            var path = HolderPath(storePath);
            // Through a link, the error message would show the content of another file.
            return
                !FileLink.Is(path)
                && FileKind.IsRegular(path)
                && File.ReadAllText(path, Encoding.UTF8).Trim() is { Length: > 0 } holder
                ? holder
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        WriteSeen();
        _lock.Dispose();
    }

    private void WriteSeen()
    {
        _seenAt = _time.GetTimestamp();
        try
        {
            File.SetLastWriteTimeUtc(HolderPath(_storePath), _time.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only a time that people are shown.
        }
    }

    private static MattermostXsoarException AlreadyRunning(string storePath)
    {
        var holder = LastHolder(storePath) ?? "an unknown process";
        return new MattermostXsoarException(
            ErrorIds.ListenerAlreadyRunning,
            ErrorKind.InvalidOperation,
            $"Another listener already uses the state file '{storePath}': {holder}.",
            "Use that listener (it takes over mirrors that are started here), or stop it there with "
                + "Stop-MattermostListener. Mirrors of other investigations may have another -StatePath; never the same "
                + "investigation, since each of its messages would come twice."
        );
    }

    private static FileStream Open(string lockPath)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Tries && File.Exists(lockPath))
            {
                // Somebody holds it, or looks whether it is held.
            }
        }
    }

    private static string LockPath(string storePath) => storePath + ".lock";

    private static string HolderPath(string storePath) => storePath + ".holder";

    private static string Describe(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return string.Format(
            CultureInfo.InvariantCulture,
            "process {0} ({1}) on {2}, since {3:yyyy-MM-dd HH:mm:ss}Z",
            process.Id,
            process.ProcessName,
            Environment.MachineName,
            time.GetUtcNow().UtcDateTime
        );
    }
}
