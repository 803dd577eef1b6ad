using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Mattermost.Api;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>What a new server writes into a post's props and metadata itself.</content>
public sealed partial class MattermostWorld
{
    /// <summary>Removes what only the server may write, and writes it: the channels that are named and the post that is
    /// linked.</summary>
    private void FillIn(
        SortedDictionary<string, string> props,
        HashSet<string>? raw,
        string message,
        SandboxUser author,
        SandboxChannel channel
    )
    {
        foreach (var name in new[] { "previewed_post", "channel_mentions", "force_notification" })
        {
            props.Remove(name);
            raw?.Remove(name);
        }
        if (
            props.TryGetValue("ai_generated_by", out var ai)
            && ai != author.Id
            && !(TryUser(ai, out var writer) && writer.IsBot)
        )
            throw new MattermostException(
                400,
                "api.post.fill_in_post_props.invalid_ai_generated_user.app_error",
                "The AI-generated user must be either the post creator or a bot."
            );
        var named = message.Contains('~')
            ? ChannelName()
                .Matches(message)
                .Select(match => FindChannel(channel.TeamId, match.Groups[1].Value))
                .OfType<SandboxChannel>()
                .Where(static it => it.Type == "O" && !it.IsArchived)
                .Distinct()
                .OrderBy(static it => it.Name, StringComparer.Ordinal)
                .ToList()
            : [];
        if (named.Count > 0 && raw is not null)
        {
            raw.Add("channel_mentions");
            props["channel_mentions"] = Encoding.UTF8.GetString(
                Json.Bytes(it =>
                {
                    it.WriteStartObject();
                    foreach (var mentioned in named)
                    {
                        it.WriteStartObject(mentioned.Name);
                        it.WriteString("display_name"u8, mentioned.DisplayName);
                        it.WriteString("team_name"u8, _teams[mentioned.TeamId].Name);
                        it.WriteEndObject();
                    }
                    it.WriteEndObject();
                })
            );
        }
        if (LinkedPost(message) is { } linked && Demand.MayRead(this, author, _channels[linked.ChannelId]))
            props["previewed_post"] = linked.Id;
    }

    private SandboxPost? LinkedPost(string message)
    {
        var at = message.IndexOf(Site + "/", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var link = Permalink().Match(message[(at + Site.Length)..]);
        return link.Success ? _posts.GetValueOrDefault(link.Groups[1].Value) : null;
    }

    private string? Preview(SandboxPost post)
    {
        if (
            !post.Props.TryGetValue("previewed_post", out var id)
            || !_posts.TryGetValue(id, out var linked)
            || !_channels.TryGetValue(linked.ChannelId, out var channel)
        )
            return null;
        return Encoding.UTF8.GetString(
            Json.Bytes(writer =>
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteString("type"u8, "permalink");
                writer.WriteStartObject("data"u8);
                writer.WriteString("post_id"u8, linked.Id);
                writer.WritePropertyName("post"u8);
                // A preview shows no further previews.
                PostJson.Write(writer, linked, Files(linked), 0, new PostForm(Version, ImageProxy));
                writer.WriteString("team_name"u8, channel.TeamId.Length > 0 ? _teams[channel.TeamId].Name : "");
                writer.WriteString("channel_display_name"u8, channel.DisplayName);
                writer.WriteString("channel_type"u8, channel.Type);
                writer.WriteString("channel_id"u8, channel.Id);
                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
            })
        );
    }

    [GeneratedRegex("(?<![a-z0-9_])~([a-z0-9][a-z0-9_-]*)")]
    private static partial Regex ChannelName();

    [GeneratedRegex("^/[a-z0-9_-]+/pl/([a-z0-9]{26})")]
    private static partial Regex Permalink();
}
