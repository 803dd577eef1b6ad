using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Incidents;

/// <summary>Reads entries of War Rooms, oldest first: without further parameters the last 50.</summary>
[Cmdlet(VerbsCommon.Get, "XsoarEntry")]
[OutputType(typeof(WarRoomEntry))]
public sealed class GetXsoarEntryCmdlet : SessionCmdlet
{
    private const int DefaultLast = 50;

    /// <summary>The investigations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(InvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string[] InvestigationId
    {
        get;
        set => field = [.. value.Select(id => id.Trim())];
    } = [];

    /// <summary>Only entries that were written at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only entries of one of these categories.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EntryCategoryCompleter))]
    [NotUnset]
    public string[]? Category { get; set; }

    /// <summary>Only entries with one of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotUnset]
    [NumberAsText]
    public string[]? Tag { get; set; }

    /// <summary>Only so many of the newest entries.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>All entries.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override object? ErrorTarget => InvestigationId;

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(InvestigationId, id => WriteAsync(session, id, cancellationToken));

    private async Task WriteAsync(MattermostSession session, string id, CancellationToken cancellationToken)
    {
        // There, reading an unknown investigation would create it.
        if (session.IsXsiam)
            await session.Incidents.GetAsync(id, cancellationToken);
        var reader = new WarRoomReader(session.Xsoar, new WarRoomPageLimit());
        var contents = await reader.ReadAsync(id, Since, cancellationToken);
        var filter = new EntryFilter
        {
            Categories = Category,
            Tags = Tag,
            Since = Since,
        };
        var found = contents.Entries.Where(filter.IsMatch).ToList();
        var most = Last > 0 ? Last : DefaultLast;
        var isCut = !All && (Last > 0 || Since is null) && found.Count > most;
        var shown = isCut ? found.Skip(found.Count - most) : found;
        await WriteAsync(
            shown.Select(entry => EntryReader.Read(entry, id, (room, entryId) => session.WarRoomLink(room, entryId))),
            enumerate: true
        );
        if (isCut && Last == 0)
            Warn($"These are the last {most} entries. Give -All for all of them, -Last for a number, or -Since.");
    }
}
