using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/groups</c>: list, read, create, change, delete, restore.</summary>
internal static class GroupsApi
{
    private static readonly byte[] NoDirectory = """{"count":0,"groups":[]}"""u8.ToArray();

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        var demand = new GroupDemand(world);
        routes.Map("GET", "/api/v4/groups", call => List(world, demand, call));
        routes.Map(
            "GET",
            "/api/v4/ldap/groups",
            _ =>
            {
                demand.DirectoryLicense();
                return new Answer(200, NoDirectory);
            }
        );
        routes.Map(
            "GET",
            "/api/v4/groups/{}",
            call =>
            {
                var group = demand.Group(call);
                demand.MayRead(call, group);
                return One(world, group, call.Query("include_member_count") == "true");
            }
        );
        routes.Map("PUT", "/api/v4/groups/{}/patch", call => Patch(world, demand, call));
        if (demand.HasCustomGroups)
        {
            routes.Map("POST", "/api/v4/groups", call => Create(world, demand, call));
            routes.Map("POST", "/api/v4/groups/names", call => ByNames(world, demand, call));
            routes.Map(
                "DELETE",
                "/api/v4/groups/{}",
                call => SetDeleted(world, demand, call, true, "delete_custom_group")
            );
            routes.Map(
                "POST",
                "/api/v4/groups/{}/restore",
                call => SetDeleted(world, demand, call, false, "restore_custom_group")
            );
        }
        GroupMembersApi.Map(routes, world, demand);
        GroupLinksApi.Map(routes, world, demand);
        GroupListsApi.Map(routes, world, demand);
    }

    /// <summary>Name or display name contain the text, ignoring case.</summary>
    public static bool Fits(SandboxGroup group, string? text) =>
        string.IsNullOrEmpty(text)
        || group.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (group.Name?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);

    private static Answer One(MattermostWorld world, SandboxGroup group, bool memberCount, int status = 200) =>
        new(
            status,
            world.Locked(() =>
                Json.Bytes(
                    (group, memberCount),
                    static (writer, it) => GroupJson.Write(writer, it.group, it.memberCount)
                )
            )
        );

    private static Answer List(MattermostWorld world, GroupDemand demand, ApiCall call)
    {
        demand.License();
        string? notInTeam = call.Query("not_associated_to_team"),
            notInChannel = call.Query("not_associated_to_channel"),
            member = call.Query("filter_has_member");
        if (Ids.IsValid(notInTeam) && world.TeamCore(notInTeam!)?.Id != notInTeam)
            throw new MattermostException(
                404,
                "app.team.get.find.app_error",
                "Unable to find the existing team.",
                $"resource: Team id: {notInTeam}"
            );
        if (Ids.IsValid(notInChannel))
            Demand.Manage(
                call.User,
                world.FindChannel(notInChannel!) ?? throw world.NoChannel(notInChannel!),
                "manage_{0}_channel_members"
            );
        var referable = call.Query("filter_allow_reference") == "true" || !call.User.IsSystemAdmin;
        if (call.Query("since") is { Length: > 0 } text && !long.TryParse(text, out _))
            throw MattermostException.BodyParameter("since");
        var since = call.QueryNumber("since", 0);
        var (skip, take) = call.Page();
        return world.Locked(() =>
        {
            var found = world
                .Groups.Where(it =>
                    since > 0 ? it.UpdateAt >= since : it.DeleteAt == 0 || call.Query("include_archived") == "true"
                )
                .Where(it => Fits(it, call.Query("q")) && (!referable || it.AllowReference))
                .Where(it => !Ids.IsValid(notInTeam) || !it.Links.ContainsKey(notInTeam!))
                .Where(it => !Ids.IsValid(notInChannel) || !it.Links.ContainsKey(notInChannel!))
                .Where(it => string.IsNullOrEmpty(member) || it.Members.ContainsKey(member))
                .Where(it => call.Query("group_source") is not { Length: > 0 } source || it.Source == source)
                .OrderBy(static it => it.DisplayName, StringComparer.OrdinalIgnoreCase);
            var counted = call.Query("include_member_count") == "true";
            return new Answer(
                200,
                Json.Array(found.Skip(skip).Take(take), (writer, it) => GroupJson.Write(writer, it, counted))
            );
        });
    }

    /// <summary>The description nests the group below <c>group</c>; the server and its own client use one flat object.
    /// Both are accepted.</summary>
    private static Answer Create(MattermostWorld world, GroupDemand demand, ApiCall call)
    {
        demand.License();
        if (call.Json is not { ValueKind: JsonValueKind.Object } json)
            throw MattermostException.BodyParameter("group");
        var given =
            json.TryGetProperty("group", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : json;
        var refused = demand.AsServer ? 400 : 501;
        if (given.Text("source") != "custom")
            throw new MattermostException(
                refused,
                "app.group.crud_permission",
                "Unable to perform operation for that source type."
            );
        demand.MayManage(call, "create_custom_group");
        if (Flag(given, "allow_reference") != true)
            throw new MattermostException(
                refused,
                "api.custom_groups.must_be_referenceable",
                "allow_reference must be 'true' for custom groups"
            );
        if (given.Text("remote_id") is { Length: > 0 })
            throw new MattermostException(
                refused,
                "api.custom_groups.no_remote_id",
                "remote_id must be blank for custom group"
            );
        var userIds =
            GroupMembersApi.UserIds(json)
            ?? (demand.AsServer ? [] : throw MattermostException.BodyParameter("user_ids"));
        var group = world.CreateGroupCore(
            given.Text("name"),
            given.Text("display_name") ?? "",
            given.Text("description") ?? "",
            "custom",
            true,
            userIds
        );
        return new Answer(
            201,
            world.Locked(() =>
                Json.Bytes(
                    (group, userIds, demand.AsServer),
                    static (writer, it) => GroupJson.Write(writer, it.group, true, it.AsServer ? it.userIds : null)
                )
            )
        );
    }

    private static Answer Patch(MattermostWorld world, GroupDemand demand, ApiCall call)
    {
        var group = demand.Group(call);
        if (group.Source == "custom" && demand.AsServer)
            demand.MayManage(call, "edit_custom_group");
        else if (!call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(
                call.User.Id,
                demand.AsServer ? "sysconsole_write_user_management_groups" : "manage_system"
            );
        if (call.Json is not { ValueKind: JsonValueKind.Object } json)
            throw MattermostException.BodyParameter("group");
        if (group.Source == "custom" && Flag(json, "allow_reference") == false)
            throw new MattermostException(
                400,
                "api.custom_groups.must_be_referenceable",
                "allow_reference must be 'true' for custom groups"
            );
        world.PatchGroup(
            group,
            json.Text("name"),
            json.Text("display_name"),
            json.Text("description"),
            Flag(json, "allow_reference")
        );
        return One(world, group, false);
    }

    private static Answer ByNames(MattermostWorld world, GroupDemand demand, ApiCall call)
    {
        demand.License();
        var names = UsersApi.Strings(call, "group_names");
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    world.Groups.Where(it =>
                        it.DeleteAt == 0 && it.AllowReference && it.Name is not null && names.Contains(it.Name)
                    ),
                    static (writer, it) => GroupJson.Write(writer, it)
                )
            )
        );
    }

    private static Answer SetDeleted(
        MattermostWorld world,
        GroupDemand demand,
        ApiCall call,
        bool deleted,
        string permission
    )
    {
        var group = demand.Group(call);
        demand.IsCustom(group);
        demand.MayManage(call, permission);
        world.SetGroupDeleted(group, deleted);
        return demand.AsServer || !deleted ? One(world, group, false) : Answer.StatusOk;
    }

    private static bool? Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            }
            : null;
}
