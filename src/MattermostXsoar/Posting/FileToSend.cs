using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>A file that a command was given: on disk, or in a War Room, from where it is fetched only when it is its
/// turn.</summary>
internal sealed class FileToSend
{
    private readonly string? _entryId;

    private FileToSend(string given, FileSource? onDisk, string? entryId)
    {
        Given = given;
        OnDisk = onDisk;
        _entryId = entryId;
    }

    /// <summary>How the user named it.</summary>
    public string Given { get; }

    /// <summary>The file, where it is on this machine.</summary>
    public FileSource? OnDisk { get; }

    public static FileToSend FromDisk(string path) => new(path, FileSource.OnDisk(path), null);

    public static FileToSend FromWarRoom(string entryId) => new(entryId, null, entryId);

    /// <summary>Has the file sent by somebody.</summary>
    public async Task<T> UseAsync<T>(
        MattermostSession session,
        Func<FileSource, Task<T>> send,
        CancellationToken cancellationToken
    )
    {
        if (OnDisk is { } file)
            return await send(file);
        using var entry = await EntryFile.OpenAsync(session.Xsoar, _entryId!, cancellationToken);
        return await send(entry.Source);
    }
}
