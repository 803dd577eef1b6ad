using System.Diagnostics;
using System.Globalization;
using System.Text;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.State;

/// <summary>
/// One listener per state file: an operating-system lock on a file beside it, which the system itself gives back when
/// the process ends, however it ends. A lock cannot be fooled by a clock that jumps, and a successor need not wait out
/// a lease. The lock file's neighbour says who holds it, for the message.
/// </summary>
internal sealed class ListenerLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _storePath;

    // Nobody writes into the lock file, so that its creation time stays, also where the system only knows its last
    // change.
    private readonly DateTime _createdAt;

    private ListenerLease(FileStream @lock, string storePath)
    {
        _lock = @lock;
        _storePath = storePath;
        _createdAt = File.GetCreationTimeUtc(@lock.Name);
    }

    /// <summary>Takes the lease.</summary>
    /// <exception cref="MattermostXsoarException">ListenerAlreadyRunning, naming the holder;
    /// StoreUnavailable.</exception>
    public static ListenerLease Take(string storePath, TimeProvider time)
    {
        var lockPath = storePath + ".lock";
        var holderPath = storePath + ".holder";
        try
        {
            Platform.OwnerOnlyFile.Ensure(lockPath);
            var stream = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Platform.OwnerOnlyFile.Ensure(holderPath);
            File.WriteAllText(holderPath, Describe(time), Encoding.UTF8);
            return new ListenerLease(stream, storePath);
        }
        catch (IOException) when (IsHeld(lockPath))
        {
            throw AlreadyRunning(storePath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.From(exception, storePath);
        }
    }

    /// <summary>Checks that the files are still those the lease was taken on; where they may be deleted in use, they
    /// may not be.</summary>
    /// <param name="store">The open store that the lease is for.</param>
    /// <exception cref="MattermostXsoarException">StoreUnavailable: the store, what SQLite keeps beside it, or the lock
    /// was deleted or replaced.</exception>
    public void CheckInPlace(StateStore store)
    {
        // SQLite keeps both beside the store while it is open; without them the next process would miss what they hold.
        foreach (var path in new[] { _storePath, _storePath + "-wal", _storePath + "-shm", _lock.Name })
        {
            if (!File.Exists(path))
                throw StoreErrors.TakenAway(path, "was deleted");
        }

        if (store.HasMoved())
            throw StoreErrors.TakenAway(_storePath, "was replaced");
        if (File.GetCreationTimeUtc(_lock.Name) != _createdAt)
            throw StoreErrors.TakenAway(_lock.Name, "was replaced");
    }

    /// <summary>Who took the lease last, and when; whether they still have it is not asked. Null for nobody.</summary>
    public static string? LastHolder(string storePath)
    {
        try
        {
            return File.ReadAllText(storePath + ".holder", Encoding.UTF8).Trim() is { Length: > 0 } holder
                ? holder
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static MattermostXsoarException AlreadyRunning(string storePath)
    {
        var holder = LastHolder(storePath) ?? "unknown";
        return new MattermostXsoarException(
            ErrorIds.ListenerAlreadyRunning,
            ErrorKind.InvalidOperation,
            $"Another listener already works with the state file '{storePath}': {holder}.",
            "Let it do the work (Start-MattermostMirror hands new mirrors to it), or stop it there with Stop-MattermostListener. "
                + "A second, separate set of mirrors needs a -StatePath of its own."
        );
    }

    private static bool IsHeld(string lockPath)
    {
        try
        {
            using var probe = new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return File.Exists(lockPath);
        }
    }

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
