using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>
/// Pairs posts and entries by the source that they name. It reads both worlds on request, from where it stopped, and
/// only while the page is open: a sandbox without viewers does nothing for the page.
/// </summary>
internal sealed class CrossingLedger(SandboxServer sandbox)
{
    // Posts are kept in order of time, and one may be inserted before those that were read already.
    private const int Overlap = 20;

    private const int MostWaiting = 999;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SandboxPost> _lastPosts = [];
    private readonly Dictionary<string, SandboxEntry> _lastEntries = [];
    private readonly Dictionary<string, SandboxEntry> _entries = [];
    private readonly Dictionary<string, List<SandboxEntry>> _entriesOfPost = [];
    private readonly Dictionary<string, List<SandboxPost>> _postsOfEntry = [];
    private readonly HashSet<string> _counted = [];
    private readonly Dictionary<(string Channel, string Incident), MirrorPair> _pairs = [];

    /// <summary>Reads what is new on both sides.</summary>
    public void Update()
    {
        lock (_gate)
        {
            // Posts first: an entry that a post names then exists when the entries are read.
            var posts = sandbox.Mattermost.Locked(NewPosts);
            var entries = sandbox.Xsoar.Read(NewEntries);
            entries.ForEach(entry => _entries[entry.Id] = entry);
            posts.ForEach(Take);
            entries.ForEach(Take);
        }
    }

    public IReadOnlyList<MirrorPair> Pairs
    {
        get
        {
            lock (_gate)
                return
                [
                    .. _pairs.Values.OrderByDescending(static pair =>
                        Math.Max(pair.ToChat.LastArrivedAt, pair.ToWarRoom.LastArrivedAt)
                    ),
                ];
        }
    }

    public Crossing? Of(SandboxPost post)
    {
        lock (_gate)
        {
            if (LineMarks.EntryIdOf(post) is { } entryId)
                return _entries.GetValueOrDefault(entryId) is { } source
                    ? new Crossing("arrived", Math.Max(0, post.CreateAt - WrittenAt(source)), [entryId])
                    : null;
            if (_entriesOfPost.TryGetValue(post.Id, out var entries))
                return new Crossing(
                    "crossed",
                    Math.Max(0, WrittenAt(entries[0]) - post.CreateAt),
                    [.. entries.Select(static it => it.Id)]
                );
            return IsCarried(post)
                ? Outstanding(
                    _pairs.Values.Where(pair => pair.ChannelId == post.ChannelId),
                    post.CreateAt,
                    static pair => pair.ToWarRoom
                )
                : null;
        }
    }

    public Crossing? Of(SandboxEntry entry)
    {
        lock (_gate)
        {
            if (LineMarks.PostIdOf(entry.Contents) is { } postId)
                return sandbox.Mattermost.FindPost(postId) is { } source
                    ? new Crossing("arrived", Math.Max(0, WrittenAt(entry) - source.CreateAt), [postId])
                    : null;
            if (_postsOfEntry.TryGetValue(entry.Id, out var posts))
                return new Crossing(
                    "crossed",
                    Math.Max(0, posts[0].CreateAt - WrittenAt(entry)),
                    [.. posts.Select(static it => it.Id)]
                );
            return IsCarried(entry)
                ? Outstanding(
                    _pairs.Values.Where(pair => pair.IncidentId == entry.InvestigationId),
                    WrittenAt(entry),
                    static pair => pair.ToChat
                )
                : null;
        }
    }

    /// <summary>How many posts and entries of a pair wait on each side.</summary>
    public (int ToWarRoom, int ToChat) Waiting(MirrorPair pair)
    {
        lock (_gate)
        {
            var channel = sandbox.Mattermost.FindChannel(pair.ChannelId);
            var posts = channel is null
                ? 0
                : sandbox.Mattermost.Locked(() =>
                    channel
                        .Posts.AsEnumerable()
                        .Reverse()
                        .TakeWhile(post => post.CreateAt >= Math.Max(pair.Since, pair.ToWarRoom.LastWrittenAt))
                        .Where(post => IsCarried(post) && !_entriesOfPost.ContainsKey(post.Id))
                        .Take(MostWaiting)
                        .Count()
                );
            var incident = sandbox.Xsoar.Find(pair.IncidentId);
            var entries = incident is null
                ? 0
                : sandbox.Xsoar.Read(() =>
                    incident
                        .Entries.AsEnumerable()
                        .Reverse()
                        .TakeWhile(entry => WrittenAt(entry) >= Math.Max(pair.Since, pair.ToChat.LastWrittenAt))
                        .Where(entry => IsCarried(entry) && !_postsOfEntry.ContainsKey(entry.Id))
                        .Take(MostWaiting)
                        .Count()
                );
            return (posts, entries);
        }
    }

    /// <summary>When an entry was created, in ms since the epoch.</summary>
    public static double WrittenAt(SandboxEntry entry) => entry.CreatedNanoseconds / 1e6;

    private static Crossing? Outstanding(
        IEnumerable<MirrorPair> pairs,
        double writtenAt,
        Func<MirrorPair, MirrorLane> lane
    )
    {
        Crossing? crossing = null;
        foreach (var pair in pairs)
        {
            if (writtenAt < pair.Since)
                continue;
            if (lane(pair).LastWrittenAt <= writtenAt)
                return Crossing.Waiting;
            crossing = Crossing.Passed;
        }
        return crossing;
    }

    private static bool IsCarried(SandboxEntry entry) =>
        !entry.Deleted && entry.Contents.Length + entry.File.Length > 0 && LineMarks.PostIdOf(entry.Contents) is null;

    private bool IsCarried(SandboxPost post) =>
        post.DeleteAt == 0 && !post.IsSystem && sandbox.Mattermost.TryUser(post.UserId, out var user) && !user.IsBot;

    private List<SandboxPost> NewPosts()
    {
        var found = new List<SandboxPost>();
        foreach (var channel in sandbox.Mattermost.Channels)
            found.AddRange(Newer(channel.Id, channel.Posts, _lastPosts));
        return found;
    }

    private List<SandboxEntry> NewEntries()
    {
        var found = new List<SandboxEntry>();
        foreach (var incident in sandbox.Xsoar.Incidents)
            found.AddRange(Newer(incident.Id, incident.Entries, _lastEntries));
        return found;
    }

    /// <summary>The items after the one that was read last, found from the end: a long-running sandbox removes its
    /// oldest ones, so an index is of no use.</summary>
    private static List<T> Newer<T>(string key, List<T> lines, Dictionary<string, T> last)
        where T : class
    {
        if (lines.Count == 0)
            return [];
        var read = last.GetValueOrDefault(key);
        last[key] = lines[^1];
        if (ReferenceEquals(read, lines[^1]))
            return [];
        var from = read is null ? 0 : Math.Max(0, lines.LastIndexOf(read) + 1 - Overlap);
        return lines.GetRange(from, lines.Count - from);
    }

    private void Take(SandboxPost post)
    {
        if (LineMarks.EntryIdOf(post) is { } entryId)
        {
            if (!_counted.Add(post.Id) || _entries.GetValueOrDefault(entryId) is not { } source)
                return;
            Remember(_postsOfEntry, entryId, post);
            // The later parts of a long entry do not count as posts of their own.
            if (_postsOfEntry[entryId].Count == 1)
                Pair(post.ChannelId, source.InvestigationId).ToChat.Add(WrittenAt(source), post.CreateAt);
        }
        else if (
            LineMarks.AnnouncedIncident(post.Message) is { } incident
            && sandbox.Mattermost.TryUser(post.UserId, out var user)
            && user.IsBot
        )
        {
            Pair(post.ChannelId, incident).AnnouncedAt = post.CreateAt;
        }
    }

    private void Take(SandboxEntry entry)
    {
        if (
            LineMarks.PostIdOf(entry.Contents) is not { } postId
            || !_counted.Add(entry.Id)
            || sandbox.Mattermost.FindPost(postId) is not { } source
        )
            return;
        Remember(_entriesOfPost, postId, entry);
        // Edits and deletions contain the permalink of their post too.
        if (_entriesOfPost[postId].Count == 1)
            Pair(source.ChannelId, entry.InvestigationId).ToWarRoom.Add(source.CreateAt, WrittenAt(entry));
    }

    private MirrorPair Pair(string channelId, string incidentId)
    {
        if (!_pairs.TryGetValue((channelId, incidentId), out var pair))
            _pairs[(channelId, incidentId)] = pair = new MirrorPair(channelId, incidentId);
        return pair;
    }

    private static void Remember<T>(Dictionary<string, List<T>> map, string key, T value)
    {
        if (!map.TryGetValue(key, out var list))
            map[key] = list = [];
        list.Add(value);
    }
}
