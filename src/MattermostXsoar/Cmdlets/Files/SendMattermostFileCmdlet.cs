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

    private readonly List<FileToSend> _files = [];

    /// <summary>The files on disk; wildcards are allowed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = ByPath
    )]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files on disk; wildcards are not interpreted.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The War Room entries whose files are sent, e.g. <c>96@1234</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEntry)]
    [Alias("entry_id", "entry")]
    public string[] EntryId { get; set; } = [];

    /// <summary>The message with the files, in Mattermost's Markdown.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [Parameter(Mandatory = true, ParameterSetName = ByEntry)]
    [AllowEmptyString]
    public string Message { get; set; } = "";

    /// <summary>The channel, by name, id or as an object.</summary>
    [Parameter]
    [Alias("channel_name", "channel_id")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [ValidateNotNull]
    public ChannelReference? Channel { get; set; }

    /// <summary>
    /// One person, for a direct message, or several, for a group message: by id, username, e-mail address or as
    /// objects.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public UserReference[]? To { get; set; }

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter]
    [Alias("team_name")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    public TeamReference? Team { get; set; }

    /// <summary>Writes the posts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Channel is null == To is null)
        {
            ThrowTerminatingError(
                RecordOf(
                    new MattermostXsoarException(
                        ErrorIds.ConflictingTarget,
                        ErrorKind.InvalidArgument,
                        To is null ? "No target for the files is given." : "Cannot use both to and channel arguments",
                        "Give either -Channel, or -To for people."
                    ),
                    Channel
                )
            );
        }
    }

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var paths = new FilePaths(SessionState.Path);
        await ForEachAsync(
            Path,
            async path =>
                _files.AddRange(await OnPipelineAsync(() => paths.Find(path).Select(FileToSend.FromDisk).ToList()))
        );
        await ForEachAsync(
            LiteralPath,
            async path => _files.Add(await OnPipelineAsync(() => FileToSend.FromDisk(paths.FindLiterally(path))))
        );
        if (EntryId.Length > 0)
            _ = session.Xsoar;
        _files.AddRange(EntryId.Select(FileToSend.FromWarRoom));
    }

    private protected override async Task EndAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(session, cancellationToken);
        }
        catch (MattermostXsoarException error)
        {
            Report(error, Channel ?? (object?)To);
        }
    }

    private async Task SendAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (_files.Count == 0)
            return;
        var target = To is not null
            ? await PostTarget.FindAsync(session, To, cancellationToken)
            : await PostTarget.FindAsync(session, Channel!, Team, cancellationToken);
        foreach (var warning in target.Warnings)
            Warn(warning);
        var limits = await session.Bot.Files.GetLimitsAsync(cancellationToken);
        var ready = new List<FileToSend>();
        await ForEachAsync(
            _files,
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
