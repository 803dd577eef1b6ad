using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Context;

/// <summary>
/// An object as the original integration writes it to XSOAR's context: the server's fields, under a prefix.
/// </summary>
/// <param name="Prefix">The name under <c>Mattermost</c>, e.g. <c>Team</c>.</param>
/// <param name="Fields">The documented paths, then all other fields that the server sent.</param>
internal sealed record ContextEntry(string Prefix, JsonObject Fields)
{
    private const string Channels = "Channels";

    /// <summary>The entry of an object, or null for an object of another type.</summary>
    public static ContextEntry? Of(object? item) =>
        item switch
        {
            MattermostTeam team => new(
                "Team",
                FieldsOf(team, MattermostJson.Default.MattermostTeam, ContextPaths.Team)
            ),
            MattermostChannel channel => new("Channel", FieldsOf(channel)),
            MattermostUser user => new(
                "User",
                FieldsOf(user, MattermostJson.Default.MattermostUser, ContextPaths.User)
            ),
            MattermostUserChannel member => new("User", FieldsOf(member)),
            MattermostGroup group => new(
                "Groups",
                FieldsOf(group, MattermostJson.Default.MattermostGroup, ContextPaths.Groups)
            ),
            MattermostGroupMember member => new(
                "Members",
                FieldsOf(member, MattermostJson.Default.MattermostGroupMember, ContextPaths.Members)
            ),
            _ => null,
        };

    /// <summary>Adds a further channel to the entry of its user.</summary>
    public void AddChannel(MattermostChannel channel) => Fields[Channels]!.AsArray().Add((JsonNode)FieldsOf(channel));

    private static JsonObject FieldsOf(MattermostChannel channel) =>
        FieldsOf(channel, MattermostJson.Default.MattermostChannel, ContextPaths.Channel);

    private static JsonObject FieldsOf(MattermostUserChannel member) =>
        new() { ["id"] = member.UserId, [Channels] = new JsonArray(FieldsOf(member.Channel)) };

    private static JsonObject FieldsOf<T>(T item, JsonTypeInfo<T> type, IReadOnlyList<string> paths)
    {
        var sent = JsonSerializer.SerializeToNode(item, type)!.AsObject();
        var fields = new JsonObject();
        foreach (var path in paths.Concat(sent.Select(field => field.Key)).Distinct().ToList())
        {
            var value = sent[path];
            // A node has only one parent, so it is removed from the other object.
            sent.Remove(path);
            fields.Add(path, value);
        }

        return fields;
    }
}
