using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Reads posts: of a channel, by id, of a thread, or those that a search finds.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostPost", DefaultParameterSetName = OfChannel)]
[OutputType(typeof(MattermostPost))]
public sealed class GetMattermostPostCmdlet : SessionCmdlet
{
    private const string OfChannel = "Channel";
    private const string ById = "Id";
    private const string OfThread = "Thread";
    private const string BySearch = "Search";
    private const int DefaultLast = 50;

    private PostReader? _reader;

    /// <summary>The channels, by name, id or as objects.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = OfChannel,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [Parameter(ParameterSetName = BySearch)]
    [Alias("channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference[] Channel { get; set; } = [];

    /// <summary>The posts, by id, address or as objects.</summary>
    [Parameter(ParameterSetName = ById)]
    [Alias("PostId")]
    [NotUnset]
    public PostReference[] Id { get; set; } = [];

    /// <summary>A post from the pipeline: its <c>ChannelId</c> does not mean the channel.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipeline = true, DontShow = true)]
    public MattermostPost? PostObject { get; set; }

    /// <summary>Any post of a thread: the whole thread is read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfThread)]
    [NotUnset]
    public PostReference? RootPost { get; set; }

    /// <summary>What to search for, as in Mattermost's own search: words, "phrases", from:ann, -word.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySearch)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotUnset]
    public string Search { get; set; } = "";

    /// <summary>Only so many of the newest posts.</summary>
    [Parameter(ParameterSetName = OfChannel)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Only posts that were written at this time or later.</summary>
    [Parameter(ParameterSetName = OfChannel)]
    [Parameter(ParameterSetName = BySearch)]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only posts that were written before this time.</summary>
    [Parameter(ParameterSetName = OfChannel)]
    [Parameter(ParameterSetName = BySearch)]
    public DateTimeOffset? Before { get; set; }

    /// <summary>All posts, written page by page.</summary>
    [Parameter(ParameterSetName = OfChannel)]
    [Parameter(ParameterSetName = BySearch)]
    public SwitchParameter All { get; set; }

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ParameterSetName = OfChannel, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = BySearch)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    private protected override object? ErrorTarget => RootPost ?? (Search.Length > 0 ? Search : (object)Channel);

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        _reader ??= session.CreatePostReader();
        if (ParameterSetName == ById)
        {
            await ForEachAsync(
                PostObject is { } given ? [new PostReference(given)] : Id,
                async reference => await WriteAsync(await _reader.GetAsync(reference.Id, cancellationToken))
            );
        }
        else if (RootPost is not null)
        {
            await WriteAsync(await _reader.GetThreadAsync(RootPost.Id, cancellationToken), enumerate: true);
        }
        else if (Search.Length > 0 && Channel.Length == 0)
        {
            await WriteFoundAsync(session, null, cancellationToken);
        }
        else
        {
            await ForEachAsync(
                Channel,
                async reference =>
                {
                    var channel = await ChannelFinder.FindAsync(session, reference, Team, cancellationToken);
                    await (
                        Search.Length > 0
                            ? WriteFoundAsync(session, channel, cancellationToken)
                            : WritePagesAsync(
                                _reader.ReadAsync(channel, Period, PageSize, cancellationToken),
                                cancellationToken
                            )
                    );
                }
            );
        }

        if (_reader.IsCutByHistoryLimit)
            Warn("Older posts are hidden by this server's limit of the message history.");
    }

    private PostPeriod Period => new(Since, Before);

    private int PageSize => Math.Min(Most ?? PageWindow.ServerCap, PageWindow.ServerCap);

    // Whoever gives a beginning wants all from there on.
    private int? Most =>
        Last > 0 ? Last
        : All || Since is not null ? null
        : DefaultLast;

    private async Task WriteFoundAsync(
        MattermostSession session,
        MattermostChannel? channel,
        CancellationToken cancellationToken
    )
    {
        var teamId = channel is { TeamId.Length: > 0 }
            ? channel.TeamId
            : (await TeamReference.ResolveAsync(Team, session, cancellationToken)).Id;
        await WritePagesAsync(
            _reader!.SearchAsync(teamId, Search, channel, Period, cancellationToken),
            cancellationToken
        );
    }

    private async Task WritePagesAsync(
        IAsyncEnumerable<IReadOnlyList<MattermostPost>> pages,
        CancellationToken cancellationToken
    )
    {
        var left = Most ?? int.MaxValue;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            if (left == 0)
                break;
            var wanted = page.Count <= left ? page : [.. page.Take(left)];
            left -= wanted.Count;
            await WriteAsync(wanted, enumerate: true);
            if (left == 0 && Last > 0)
                return;
            if (left == 0)
                break;
        }

        if (left == 0)
            Warn(
                $"These are the last {DefaultLast} posts, and there may be more. Give -All for all of them, -Last for a "
                    + "number, or -Since."
            );
    }
}
