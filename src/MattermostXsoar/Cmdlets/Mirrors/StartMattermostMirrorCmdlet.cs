using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>Starts mirroring an investigation's War Room with a channel, or changes how it is mirrored.</summary>
[Cmdlet(VerbsLifecycle.Start, "MattermostMirror", SupportsShouldProcess = true)]
[Alias("mirror-investigation", "mattermost-mirror-investigation")]
[OutputType(typeof(MattermostMirror))]
public sealed class StartMattermostMirrorCmdlet : SessionCmdlet
{
    /// <summary>The XSOAR investigations, by the ids of their incidents.</summary>
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

    /// <summary>Which War Room entries are mirrored; <c>None</c> stops the mirror.</summary>
    [Parameter]
    public MirrorType Type { get; set; } = MirrorType.All;

    /// <summary>
    /// Archives the channel when the investigation is closed. On by default; switched off with
    /// <c>-AutoClose:$false</c>.
    /// </summary>
    [Parameter]
    public SwitchParameter AutoClose { get; set; } = true;

    /// <summary>The direction of the mirror.</summary>
    [Parameter]
    public MirrorDirection Direction { get; set; } = MirrorDirection.Both;

    /// <summary>
    /// The channel's name or id; by default <c>incident-&lt;id&gt;</c>. A channel that does not exist is created. For
    /// an investigation that is mirrored already, its channel's new name.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>
    /// User names, with or without <c>@</c>, that an entry of the War Room may mention in the chat; <c>channel</c>,
    /// <c>all</c> and <c>here</c> too. By default nobody is mentioned.
    /// </summary>
    [Parameter]
    [NotUnset]
    public string[] AllowedMention { get; set; } = [];

    /// <summary>
    /// Shows people's reactions to a message as one entry of the War Room, which is kept up to date: 👍 Ann, Bea.
    /// </summary>
    [Parameter]
    public SwitchParameter Reactions { get; set; }

    /// <summary>Removes the personal token's user from the channel.</summary>
    [Parameter]
    public SwitchParameter KickAdmin { get; set; }

    /// <summary>
    /// The type of a channel that has to be created: private (<c>Group</c>) or public (<c>Channel</c>).
    /// </summary>
    [Parameter]
    public MirrorTo MirrorTo { get; set; } = MirrorTo.Group;

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    private protected override object? ErrorTarget => InvestigationId;

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(InvestigationId, id => StartAsync(session, id, cancellationToken));

    private async Task StartAsync(
        MattermostSession session,
        string investigationId,
        CancellationToken cancellationToken
    )
    {
        var channel = Channel?.IdOrText;
        var action =
            Type == MirrorType.None
                ? "Stop mirroring"
                : $"Mirror with {DescribeChannel(investigationId, channel)} of team '{Team?.ToString() ?? session.Team.Name}' "
                    + $"(type {Type}, direction {Direction})";
        if (!await ShouldProcessAsync($"Investigation {investigationId}", action))
            return;
        var mirrors = session.Mirrors;
        using (mirrors.Listener.Log.Subscribe(Report))
        {
            var request = new MirrorRequest
            {
                InvestigationId = investigationId,
                Team = await TeamReference.ResolveAsync(Team, session, cancellationToken),
                Type = Type,
                Direction = Direction,
                AutoClose = AutoClose,
                Channel = channel,
                AllowedMentions = AllowedMention
                    .SelectMany(names => names.Split(','))
                    .Select(name => name.Trim().TrimStart('@'))
                    .Where(name => name.Length > 0)
                    .ToList(),
                Private = MirrorTo == MirrorTo.Group,
                OptionalAspects = Reactions ? [MessageAspect.Reactions] : [],
                KickAdmin = KickAdmin,
            };
            var mirror = await mirrors.StartMirrorAsync(request, cancellationToken);
            // The original's text, with the type in lower case.
            Explain([
                $"Investigation mirrored successfully with mirror type {Type.ToString().ToLowerInvariant()},",
                $" channel name: {mirror.ChannelName}",
            ]);
            await WriteAsync(mirror);
        }
    }

    private static string DescribeChannel(string investigationId, string? channel) =>
        channel is null ? $"its channel, or a new one 'incident-{investigationId}'," : $"channel '{channel}'";

    private void Report(ListenerLogRecord record)
    {
        // A renamed channel concerns everybody in it; other records are information.
        if (record.Event == ListenerLogEvents.ChannelRenamedByMirror)
            Warn(record.Message);
        else
            Explain(record.ToString());
    }
}
