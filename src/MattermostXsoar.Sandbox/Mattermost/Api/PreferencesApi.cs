using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Preferences, which clients store for their users.</summary>
internal static class PreferencesApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/users/{}/preferences",
            call =>
            {
                var user = Own(world, call);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            user.Preferences,
                            (writer, it) =>
                                UserJson.WritePreference(writer, user.Id, (it.Key.Category, it.Key.Name, it.Value))
                        )
                    )
                );
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/preferences",
            call =>
            {
                world.SetPreferences(Own(world, call), Given(call));
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/preferences/delete",
            call =>
            {
                world.DeletePreferences(Own(world, call), Given(call));
                return Answer.StatusOk;
            }
        );
    }

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return Demand.User(world, id);
    }

    private static List<(string Category, string Name, string Value)> Given(ApiCall call)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Array } json || json.GetArrayLength() == 0)
            throw MattermostException.BodyParameter("preferences");
        return
        [
            .. json.EnumerateArray()
                .Select(static it => (it.Text("category") ?? "", it.Text("name") ?? "", it.Text("value") ?? "")),
        ];
    }
}
