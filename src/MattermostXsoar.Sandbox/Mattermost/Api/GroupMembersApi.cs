using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The members of a group: read, count, add, remove.</summary>
internal static class GroupMembersApi
{
    public static void Map(RouteTable routes, MattermostWorld world, GroupDemand demand)
    {
        routes.Map(
            "GET",
            "/api/v4/groups/{}/members",
            call =>
            {
                var group = demand.Group(call);
                demand.MayRead(call, group);
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Bytes(
                            (Page(world, group, skip, take), group.Members.Count),
                            (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteStartArray("members"u8);
                                it.Item1.ForEach(user => world.UserJson.Write(writer, user));
                                writer.WriteEndArray();
                                writer.WriteNumber("total_member_count"u8, it.Count);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/groups/{}/stats",
            call =>
            {
                var group = demand.Group(call);
                demand.MayRead(call, group, always: true);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Bytes(
                            group,
                            static (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteString("group_id"u8, it.Id);
                                writer.WriteNumber("total_member_count"u8, it.Members.Count);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        if (!demand.HasCustomGroups)
            return;
        routes.Map(
            "POST",
            "/api/v4/groups/{}/members",
            call => Change(demand, call, "addGroupMembers", world.AddToGroupCore)
        );
        routes.Map(
            "DELETE",
            "/api/v4/groups/{}/members",
            call => Change(demand, call, "deleteGroupMembers", world.RemoveFromGroupCore)
        );
    }

    /// <summary>The ids of <c>user_ids</c>; null if the field is missing or not a list.</summary>
    public static IReadOnlyList<string>? UserIds(JsonElement json) =>
        json.TryGetProperty("user_ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(static it => it.ToString())]
            : null;

    private static List<SandboxUser> Page(MattermostWorld world, SandboxGroup group, int skip, int take) =>
        [
            .. group
                .Members.Keys.Select(world.User)
                .OrderBy(static it => it.Username, StringComparer.Ordinal)
                .Skip(skip)
                .Take(take),
        ];

    private static Answer Change(
        GroupDemand demand,
        ApiCall call,
        string what,
        Func<
            SandboxGroup,
            IReadOnlyList<string>,
            IReadOnlyList<(string GroupId, string UserId, long CreateAt, long DeleteAt)>
        > change
    )
    {
        var group = demand.Group(call);
        demand.IsCustom(group);
        demand.MayManage(call, "manage_custom_group_members");
        if (call.Json is not { ValueKind: JsonValueKind.Object } json || UserIds(json) is not { } userIds)
            throw MattermostException.BodyParameter(what);
        var changed = change(group, userIds);
        return demand.AsServer ? new Answer(200, Json.Array(changed, GroupJson.WriteMember)) : Answer.StatusOk;
    }
}
