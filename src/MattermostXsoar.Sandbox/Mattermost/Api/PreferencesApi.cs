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
        routes.Map("GET", "/api/v4/users/{}/preferences/{}", call => OfCategory(world, call));
        routes.Map("GET", "/api/v4/users/{}/preferences/{}/name/{}", call => ByName(world, call));
        routes.Map(
            "PUT",
            "/api/v4/users/{}/preferences",
            call =>
            {
                var user = Own(world, call);
                var given = Given(call);
                Check(world, call, user, given.Count);
                world.SetPreferences(user, given);
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

    private static Answer OfCategory(MattermostWorld world, ApiCall call)
    {
        var user = Own(world, call);
        var category = call.Values[1];
        var found = world.Locked(() => user.Preferences.Where(it => it.Key.Category == category).ToArray());
        return found.Length > 0
            ? new Answer(
                200,
                Json.Array(
                    found,
                    (writer, it) => UserJson.WritePreference(writer, user.Id, (category, it.Key.Name, it.Value))
                )
            )
            : throw new MattermostException(
                404,
                "api.preference.preferences_category.get.app_error",
                "Unable to get user preferences."
            );
    }

    private static Answer ByName(MattermostWorld world, ApiCall call)
    {
        var user = Own(world, call);
        var (category, name) = (call.Values[1], call.Values[2]);
        return world.Locked(() =>
            user.Preferences.TryGetValue((category, name), out var value)
                ? new Answer(
                    200,
                    Json.Bytes(writer => UserJson.WritePreference(writer, user.Id, (category, name, value)))
                )
                : throw new MattermostException(
                    400,
                    "app.preference.get.app_error",
                    "We encountered an error while finding preferences."
                )
        );
    }

    /// <summary>The limits that a new server checks.</summary>
    private static void Check(MattermostWorld world, ApiCall call, SandboxUser user, int count)
    {
        const int Most = 100;
        const int LongestCategory = 32;
        if (!world.Version.ChecksPreferences)
            return;
        if (count > Most)
            throw MattermostException.BodyParameter("preferences");
        foreach (var it in call.Json!.Value.EnumerateArray())
        {
            if (it.Text("user_id") is { Length: > 0 } owner && owner != user.Id)
                throw new MattermostException(
                    403,
                    "api.preference.update_preferences.set.app_error",
                    "Unable to set user preferences.",
                    $"userId={user.Id}, preference.UserId={owner}"
                );
            if (it.Text("category") is not { Length: > 0 and <= LongestCategory } category)
                throw new MattermostException(
                    400,
                    "model.preference.is_valid.category.app_error",
                    "Invalid category.",
                    "category=" + it.Text("category")
                );
        }
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
