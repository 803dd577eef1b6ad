using System.Globalization;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Entity tags, by which a client asks whether something changed: the server's version and the newest
/// change.</summary>
internal static class Etags
{
    // The real server prints the addresses of two settings here.
    private const string Settings = "0xc000000038.0xc000000037";

    public static KeyValuePair<string, string> Of(SandboxOptions options, SandboxUser user) =>
        Mark($"{options.MattermostVersion}.{user.Id}.{user.UpdateAt}..0.true.true.0");

    public static KeyValuePair<string, string> OfTeam(SandboxOptions options, IReadOnlyList<SandboxUser> users) =>
        Mark($"{options.MattermostVersion}.{Newest(options, users)}.{Settings}.");

    /// <summary>Users who are not in a team. The server's tag covers all accounts, with their number.</summary>
    public static KeyValuePair<string, string> OfOthers(SandboxOptions options, IReadOnlyList<SandboxUser> all) =>
        Mark($"{options.MattermostVersion}.{Newest(options, all)}.{all.Count}.{Settings}.");

    public static KeyValuePair<string, string> Of(SandboxOptions options, SandboxPost post) =>
        Mark($"{options.MattermostVersion}.{post.Id}.{post.UpdateAt}");

    public static KeyValuePair<string, string> OfPosts(SandboxOptions options, SandboxChannel channel) =>
        Mark($"{options.MattermostVersion}.{channel.LastPostUpdateAt}");

    /// <summary>The tag of a list of posts: its first post and the one that changed last.</summary>
    /// <remarks>A reply and its root change at the same time. The real server then takes the greater id, which is
    /// random; here the newer post is taken, as recorded.</remarks>
    public static KeyValuePair<string, string> Of(
        SandboxOptions options,
        SandboxPost? first,
        IEnumerable<SandboxPost> posts
    )
    {
        var newest = posts.MaxBy(static post => (post.UpdateAt, post.CreateAt, post.Id));
        return Mark($"{options.MattermostVersion}.{first?.Id}.{newest?.Id ?? "0"}.{newest?.UpdateAt ?? 0}");
    }

    public static KeyValuePair<string, string> Of(SandboxOptions options, IReadOnlyCollection<SandboxChannel> channels)
    {
        var newest = channels.MaxBy(static channel => Math.Max(channel.LastPostAt, channel.UpdateAt));
        var changed = newest is null ? 0 : Math.Max(newest.LastPostAt, newest.UpdateAt);
        return Mark($"{options.MattermostVersion}.{newest?.Id ?? "0"}.{changed}.0.{channels.Count}");
    }

    public static KeyValuePair<string, string> Of(
        SandboxOptions options,
        SandboxPost post,
        IReadOnlyList<SandboxFile> files
    ) =>
        files.Count == 0 && ServerVersion.Of(options.MattermostVersion).ChecksPosts
            ? Mark($"{options.MattermostVersion}")
            : Mark(
                $"{options.MattermostVersion}.{post.Id}.{files.Select(static file => file.CreateAt).DefaultIfEmpty().Max()}"
            );

    private static KeyValuePair<string, string> Mark(FormattableString text) =>
        new("Etag", text.ToString(CultureInfo.InvariantCulture));

    private static long Newest(SandboxOptions options, IReadOnlyList<SandboxUser> users) =>
        users.Count == 0 && ServerVersion.Of(options.MattermostVersion).EmptyListsAreOfNow
            ? options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()
            : users.Select(static user => user.UpdateAt).DefaultIfEmpty().Max();
}
