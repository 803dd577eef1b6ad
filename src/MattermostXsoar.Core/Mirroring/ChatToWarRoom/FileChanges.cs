using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Describes what an edit did to the files of a post. The store knows their ids, the chat no longer shows what it
/// removed: such a file is named by its entry in the War Room.
/// </summary>
internal sealed class FileChanges(XsoarAccess xsoar, StateStore store, MirrorRuntime runtime, MirrorRecord mirror)
{
    private readonly WarRoomReader _reader = new(xsoar.Client, xsoar.PageLimit);

    /// <summary>The note about files in the entry of an edit.</summary>
    public async Task<string> DescribeAsync(DeliveryRecord edit, PostPayload post, CancellationToken cancellationToken)
    {
        if (store.FilesBefore(edit) is not { } known)
            return FileNote.For(edit, post);
        var before = known.Split([','], StringSplitOptions.RemoveEmptyEntries);
        var changes = post
            .AllFiles.Where(file => !before.Contains(file.Id))
            .Select(file => FileNote.Change(file.Name, HadBefore(edit, file) ? "was added again" : "was added"))
            .ToList();
        foreach (var id in before.Except(post.AllFiles.Select(file => file.Id)))
            changes.Add(
                FileNote.Change(await NameOfAsync(edit, id, cancellationToken).ConfigureAwait(false), "was removed")
            );
        return FileNote.ForEdit(post, changes);
    }

    private bool HadBefore(DeliveryRecord edit, PostFile file) => store.FindFile(edit, file.Id)?.Id < edit.Id;

    private async Task<string> NameOfAsync(DeliveryRecord edit, string fileId, CancellationToken cancellationToken)
    {
        if (store.FindFile(edit, fileId) is not { TargetId: { } entryId } brought)
            return "";
        DateTimeOffset? from =
            brought.LookupStart.Ticks > 0
                ? new DateTimeOffset(brought.LookupStart.Ticks, TimeSpan.Zero) - runtime.Options.WarRoomOverlap
                : null;
        var room = await _reader.ReadAsync(mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        return room.Entries.FirstOrDefault(entry => entry.Id == entryId)?.File ?? "";
    }
}
