using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>
/// A file of a command: on disk, or in a War Room, from which it is downloaded only when it is to be sent.
/// </summary>
internal sealed class FileToSend
{
    private readonly string? _entryId;

    private FileToSend(string given, FileSource? onDisk, string? entryId)
    {
        Given = given;
        OnDisk = onDisk;
        _entryId = entryId;
    }

    /// <summary>The file as the user gave it.</summary>
    public string Given { get; }

    /// <summary>The file, if it is on this machine.</summary>
    public FileSource? OnDisk { get; }

    public static FileToSend FromDisk(string path) => new(path, FileSource.OnDisk(path), null);

    public static FileToSend FromWarRoom(string entryId) => new(entryId, null, entryId);

    /// <summary>Opens the file and passes it to the action that sends it.</summary>
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
