using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Files;

/// <summary>Sends files as the bot, from a War Room or from disk: to a channel, to a person or to several.</summary>
[Cmdlet(VerbsCommunications.Send, "MattermostFile", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[Alias("mattermost-send-file")]
[OutputType(typeof(MattermostPost))]
public sealed class SendMattermostFileCmdlet : SessionCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByEntry = "Entry";

    // The files of each target, in the order of the input.
    private readonly List<(
        ChannelReference? Channel,
        UserReference[]? To,
        TeamReference? Team,
        List<FileToSend> Files
    )> _sendings = [];

    /// <summary>The files on disk; wildcards are allowed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = ByPath
    )]
    [SupportsWildcards]
    [PathText]
    public string[] Path { get; set; } = [];

    /// <summary>The files on disk; wildcards are not interpreted.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The War Room entries whose files are sent, e.g. <c>96@1234</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEntry)]
    [Alias("entry_id", "entry")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] EntryId { get; set; } = [];

    /// <summary>The message with the files, in Mattermost's Markdown.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Message { get; set; } = "";

    /// <summary>The channel, by name, id or as an object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = ByEntry)]
    [Alias("channel_name", "channel_id", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>
    /// One person, for a direct message, or several, for a group message: by id, username, e-mail address or as
    /// objects.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = ByEntry)]
    [Alias("User", "Username", "Email")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    [NotUnset]
    [NumberAsText]
    public UserReference[]? To { get; set; }

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByPath)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = ByEntry)]
    [Alias("team_name")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>Writes the posts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // The objects of the pipeline can contain the target.
        if (Channel is null == To is null && (To is not null || !MyInvocation.ExpectingInput))
            ThrowTerminatingError(RecordOf(WrongTarget(), Channel));
    }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (Channel is null == To is null)
            throw WrongTarget();
        var files = FilesOfTarget();
        var paths = new FilePaths(SessionState.Path);
        await ForEachAsync(
            Path,
            async path =>
                files.AddRange(await OnPipelineAsync(() => paths.Find(path).Select(FileToSend.FromDisk).ToList()))
        );
        await ForEachAsync(
            LiteralPath,
            async path => files.Add(await OnPipelineAsync(() => FileToSend.FromDisk(paths.FindLiterally(path))))
        );
        if (EntryId.Length > 0)
            _ = session.Xsoar;
        files.AddRange(EntryId.Select(FileToSend.FromWarRoom));
    }

    private protected override bool WorksAtEnd => true;

    private protected override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(
            _sendings,
            sending => SendAsync(session, sending.Channel, sending.To, sending.Team, sending.Files, cancellationToken),
            sending => sending.Channel ?? (object?)sending.To
        );

    private MattermostXsoarException WrongTarget() =>
        new(
            ErrorIds.ConflictingTarget,
            ErrorKind.InvalidArgument,
            To is null ? "No target for the files is given." : "Cannot use both to and channel arguments",
            "Give either -Channel, or -To for people."
        );

    private List<FileToSend> FilesOfTarget()
    {
        if (
            _sendings.Count == 0
            || _sendings[_sendings.Count - 1] is var last
                && (
                    last.Channel?.IdOrText != Channel?.IdOrText
                    || last.Team?.ToString() != Team?.ToString()
                    || !(last.To ?? []).Select(Text).SequenceEqual((To ?? []).Select(Text))
                )
        )
            _sendings.Add((Channel, To, Team, []));
        return _sendings[_sendings.Count - 1].Files;

        static string Text(UserReference user) => user.ToString();
    }

    private async Task SendAsync(
        MattermostSession session,
        ChannelReference? channel,
        UserReference[]? to,
        TeamReference? team,
        List<FileToSend> files,
        CancellationToken cancellationToken
    )
    {
        if (files.Count == 0)
            return;
        var target = to is not null
            ? await PostTarget.FindAsync(session, to, cancellationToken)
            : await PostTarget.FindAsync(session, channel!, team, cancellationToken);
        foreach (var warning in target.Warnings)
            Warn(warning);
        var limits = await session.Bot.Files.GetLimitsAsync(cancellationToken);
        var ready = new List<FileToSend>();
        await ForEachAsync(
            files,
            async file =>
            {
                // Errors that are already known are reported before anything is sent.
                if (file.OnDisk is { } onDisk)
                    limits.Check(onDisk);
                if (await ShouldProcessAsync(target.Description, $"Send the file '{file.Given}'"))
                    ready.Add(file);
            }
        );
        if (ready.Count == 0)
            return;
        var progress = new UploadProgress(
            Show,
            session.Options.Environment.TimeProvider,
            $"Sending files to {target.Name}",
            ready.Count
        );
        var poster = new FilePoster(session, target, progress)
        {
            Report = Report,
            Explain = Explain,
            Posted = post => PassThru ? WriteAsync(post) : Task.CompletedTask,
        };
        try
        {
            await poster.SendAsync(ready, Message, limits.FilesPerPost, cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }
}
