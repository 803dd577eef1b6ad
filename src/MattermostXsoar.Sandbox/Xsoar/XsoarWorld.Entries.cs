using System.Globalization;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

public sealed partial class XsoarWorld
{
    /// <summary>The entries of a War Room, oldest first.</summary>
    public IReadOnlyList<SandboxEntry> Entries(string investigationId) =>
        Read(() => Investigation(investigationId).Entries.ToArray());

    /// <summary>A user (or the system, with an empty <paramref name="user"/>) creates an entry.</summary>
    public SandboxEntry AddEntry(
        string investigationId,
        string user,
        string text,
        string category = "chat",
        string format = "text",
        int type = 1,
        bool note = false,
        bool contentsIsJson = false,
        string parentId = "",
        string file = "",
        long fileSize = 0,
        IReadOnlyList<string>? tags = null,
        string taskName = ""
    ) =>
        Append(
            Open(investigationId),
            (id, now) =>
                new SandboxEntry
                {
                    Id = id,
                    InvestigationId = investigationId,
                    Type = type,
                    Category = category,
                    Contents = text,
                    ContentsIsJson = contentsIsJson,
                    Format = format,
                    User = user,
                    ParentId = parentId,
                    Note = note,
                    File = file,
                    FileSize = fileSize,
                    Tags = tags ?? [],
                    TaskName = taskName,
                    CreatedBy = user.Length > 0 && user == ApiAuthor ? ApiCreator : user,
                    CreatedNanoseconds = now,
                    ModifiedNanoseconds = now,
                }
        );

    /// <summary>A user uploads a file into a War Room.</summary>
    public SandboxEntry AddFile(
        string investigationId,
        string user,
        string fileName,
        ReadOnlyMemory<byte> content,
        string comment = "",
        bool note = false,
        IReadOnlyList<string>? tags = null
    ) =>
        AddFileCore(
            investigationId,
            user,
            fileName,
            StoredContent.Of(content),
            comment,
            note,
            tags ?? [],
            type: 3,
            category: Behaviour.UploadCategory
        );

    /// <summary>A user edits an entry: its id stays, its <c>version</c> and <c>modified</c> grow.</summary>
    public SandboxEntry EditEntry(string entryId, string text) =>
        Change(
            entryId,
            entry =>
            {
                entry.History.Add(new EntryChange(entry.Contents, entry.Format, entry.User, entry.ModifiedNanoseconds));
                entry.Contents = text;
            }
        );

    /// <summary>An entry gets another file: its id stays, its <c>version</c> and <c>modified</c> grow.</summary>
    public SandboxEntry ChangeFile(string entryId, string fileName, ReadOnlyMemory<byte> content) =>
        Change(
            entryId,
            entry => (entry.File, entry.FileSize, entry.Stored) = (fileName, content.Length, StoredContent.Of(content))
        );

    /// <summary>A user marks an entry as a note, or removes that mark. Its <c>version</c> and <c>modified</c> grow,
    /// unless <see cref="XsoarBehaviour.NotesKeepVersion"/> says otherwise.</summary>
    public SandboxEntry MarkAsNote(string entryId, bool note = true) => MarkAsNote(entryId, note, null);

    /// <summary>A user deletes an entry: it stays, marked as deleted, and is found only by the category
    /// <c>deleted</c>.</summary>
    public SandboxEntry DeleteEntry(string entryId) => Change(entryId, static entry => entry.Deleted = true);

    internal SandboxEntry AddFileCore(
        string investigationId,
        string user,
        string fileName,
        StoredContent content,
        string comment,
        bool note,
        IReadOnlyList<string> tags,
        int type,
        string category,
        string taskId = "",
        string taskName = ""
    ) =>
        Append(
            Open(investigationId),
            (id, now) =>
                new SandboxEntry
                {
                    Id = id,
                    InvestigationId = investigationId,
                    Type = type,
                    Category = category,
                    Contents = comment,
                    User = user,
                    Note = note,
                    File = fileName,
                    FileSize = content.Length,
                    Stored = content,
                    Tags = tags,
                    TaskId = taskId,
                    TaskName = taskName,
                    CreatedBy = user == ApiAuthor ? ApiCreator : user,
                    CreatedNanoseconds = now,
                    ModifiedNanoseconds = now,
                }
        );

    /// <summary>Creates an entry even if the investigation is closed.</summary>
    internal SandboxEntry Append(SandboxIncident investigation, Func<string, long, SandboxEntry> make) =>
        Locked(() =>
        {
            var number = (investigation.Entries.Count + 1).ToString(CultureInfo.InvariantCulture);
            var entry = make((_options.RandomEntryIds ? Ids.New() : number) + "@" + investigation.Id, Now());
            investigation.EntriesFollowTime &=
                investigation.Entries.Count == 0
                || investigation.Entries[^1].CreatedNanoseconds <= entry.CreatedNanoseconds;
            investigation.Entries.Add(entry);
            if (entry.User.Length > 0)
                investigation.Users.Add(entry.User);
            if (_options.EntriesTouchIncident)
                investigation.ModifiedNanoseconds = entry.CreatedNanoseconds;
            return entry;
        });

    /// <summary>An entry of any investigation, by its id alone.</summary>
    internal SandboxEntry Entry(string entryId) =>
        Read(() =>
            Investigation(entryId[(entryId.LastIndexOf('@') + 1)..]).Entries.Find(it => it.Id == entryId)
            ?? throw XsoarException.BadRequest($"Could not find entry {entryId}")
        );

    internal SandboxEntry MarkAsNote(string entryId, bool note, long? version) =>
        Change(entryId, entry => entry.Note = note, version, keepVersion: Behaviour.NotesKeepVersion);

    internal SandboxEntry Change(
        string entryId,
        Action<SandboxEntry> change,
        long? version = null,
        bool keepVersion = false
    ) =>
        Locked(() =>
        {
            var investigation = Open(entryId[(entryId.LastIndexOf('@') + 1)..]);
            var entry = Entry(entryId);
            CheckVersion(entry.Version, version);
            change(entry);
            if (keepVersion)
                return entry;
            entry.Version++;
            entry.ModifiedNanoseconds = Now();
            if (_options.EntriesTouchIncident)
                investigation.ModifiedNanoseconds = entry.ModifiedNanoseconds;
            return entry;
        });
}
