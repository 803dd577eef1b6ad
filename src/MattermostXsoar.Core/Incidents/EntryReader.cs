using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Incidents;

/// <summary>Reads what the server sent about an entry.</summary>
internal static class EntryReader
{
    private const int Error = 4;

    public static WarRoomEntry Read(XsoarEntry sent, string investigationId, Func<string, string, Uri> address) =>
        new()
        {
            Id = sent.Id,
            InvestigationId = investigationId,
            Author = sent.User,
            Created = sent.Created,
            Modified = sent.Modified > sent.Created ? sent.Modified : null,
            Category = sent.Category,
            Format = sent.Format,
            Contents = sent.Contents,
            File = sent.File,
            FileSize = sent.FileMetadata?.Size,
            Tags = sent.Tags,
            IsNote = sent.Note,
            IsEvidence = sent.Pinned,
            IsError = sent.Type == Error,
            Task = sent.EntryTask?.TaskName ?? "",
            Uri = address(investigationId, sent.Id),
        };
}
