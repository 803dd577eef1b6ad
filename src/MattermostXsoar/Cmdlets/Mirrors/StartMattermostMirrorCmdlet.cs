using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring;
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

    /// <summary>
    /// Which War Room entries are mirrored; <c>None</c> stops the mirror. By default all, or those that the mirror has
    /// been started with.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(MirrorType))]
    [KnownValue]
    public MirrorType Type { get; set; } = MirrorType.All;

    /// <summary>
    /// Archives the channel when the investigation is closed. On for a new mirror; switched off with
    /// <c>-AutoClose:$false</c>.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(SwitchParameter))]
    [KnownValue]
    public SwitchParameter AutoClose { get; set; } = true;

    /// <summary>The direction of the mirror.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(MirrorDirection))]
    [KnownValue]
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
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MentionCompleter))]
    [NotUnset]
    public string[] AllowedMention { get; set; } = [];

    /// <summary>
    /// Shows people's reactions to a message as one entry of the War Room, which is kept up to date: 👍 Ann, Bea.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(SwitchParameter))]
    [KnownValue]
    public SwitchParameter Reactions { get; set; }

    /// <summary>Removes the personal token's user from the channel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(SwitchParameter))]
    [KnownValue]
    public SwitchParameter KickAdmin { get; set; }

    /// <summary>
    /// How open the channel may be: private (<c>Group</c>), the default, or public (<c>Channel</c>). A channel that has
    /// to be created is of that type.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(MirrorTo))]
    [KnownValue]
    public MirrorTo MirrorTo { get; set; } = MirrorTo.Group;

    /// <summary>Uses a channel that exists even if it is public, so that everybody in its team can read it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnValue(typeof(SwitchParameter))]
    [KnownValue]
    public SwitchParameter AllowPublic { get; set; }

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
        var mirrors = session.Mirrors;
        var target = $"Investigation {investigationId}";
        if (Type == MirrorType.None)
        {
            if (await ShouldProcessAsync(target, "Stop mirroring"))
                await FinishAsync(await StopAsync(mirrors, investigationId, cancellationToken), Type);
            return;
        }

        using (mirrors.Listener.Log.Subscribe(Report))
        {
            var request = await RequestAsync(session, investigationId, cancellationToken);
            var plan = await mirrors.PlanMirrorAsync(request, cancellationToken);
            await WarnOfUnknownAsync(session, request.AllowedMentions ?? [], cancellationToken);
            if (await ShouldProcessAsync(target, plan.Description))
                await FinishAsync(await mirrors.StartMirrorAsync(plan, cancellationToken), plan.Type);
        }
    }

    // A name that is nobody's now may become somebody's, and user groups have names too: it is no error.
    private async Task WarnOfUnknownAsync(
        MattermostSession session,
        IReadOnlyList<string> mentions,
        CancellationToken cancellationToken
    )
    {
        var names = mentions.Except(["all", "channel", "here"], StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0)
            return;
        var found = await new UserLookup(session.Personal.Users).FindAsync(names, cancellationToken);
        foreach (var (name, user) in names.Zip(found, (name, result) => (name, result.User)))
        {
            if (user is null)
                Warn(
                    $"-AllowedMention: there is no user '{name}'. Unless a user group has that name, it notifies nobody."
                );
        }
    }

    private async Task<MirrorRequest> RequestAsync(
        MattermostSession session,
        string investigationId,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            InvestigationId = investigationId,
            Team = await TeamReference.ResolveAsync(Team, session, cancellationToken),
            // What was not given does not change.
            Type = IsGiven(nameof(Type)) ? Type : null,
            Direction = IsGiven(nameof(Direction)) ? Direction : null,
            AutoClose = IsGiven(nameof(AutoClose)) ? AutoClose.ToBool() : null,
            Channel = Channel?.IdOrText,
            AllowedMentions = IsGiven(nameof(AllowedMention)) ? Names(AllowedMention) : null,
            Private = IsGiven(nameof(MirrorTo)) ? MirrorTo == MirrorTo.Group : null,
            AllowPublic = IsGiven(nameof(AllowPublic)) ? AllowPublic.ToBool() : null,
            OptionalAspects =
                !IsGiven(nameof(Reactions)) ? null
                : Reactions ? [MessageAspect.Reactions]
                : [],
            KickAdmin = KickAdmin,
        };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static List<string> Names(string[] given) =>
        given
            .SelectMany(names => names.Split(','))
            .Select(name => name.Trim().TrimStart('@'))
            .Where(name => name.Length > 0)
            .ToList();

    private static async Task<MattermostMirror> StopAsync(
        MirrorService mirrors,
        string investigationId,
        CancellationToken cancellationToken
    ) =>
        (
            await mirrors.StopMirrorsAsync(
                investigationId,
                null,
                "Mirroring was switched off (type none).",
                closeChannel: false,
                cancellationToken
            )
        )[0];

    private async Task FinishAsync(MattermostMirror mirror, MirrorType type)
    {
        // The original's text, with the type in lower case.
        Explain([
            $"Investigation mirrored successfully with mirror type {type.ToString().ToLowerInvariant()},",
            $" channel name: {mirror.ChannelName}",
        ]);
        await WriteAsync(mirror);
    }

    private void Report(ListenerLogRecord record)
    {
        // These are about who reads what; other records are information.
        if (
            record.Event
            is ListenerLogEvents.ChannelRenamedByMirror
                or ListenerLogEvents.ChannelNameTaken
                or ListenerLogEvents.ChannelShared
                or ListenerLogEvents.MirroredElsewhere
        )
            Warn(record.Message);
        else
            Explain(record.ToString());
    }
}
