using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>What administrators do with accounts: roles, a second factor, forgotten passwords. Not recorded: as the API's
/// description says.</summary>
internal static class AccountAdministrationApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "PUT",
            "/api/v4/users/{}/roles",
            call =>
            {
                Demand.SystemAdmin(call, "manage_roles");
                var user = Demand.User(world, Demand.UserId(call, 0));
                var roles = (call.Json?.Text("roles") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (roles.Length == 0 || !roles.All(RolesApi.IsKnown))
                    throw MattermostException.BodyParameter("roles");
                world.Patch(user, it => it.Roles = string.Join(' ', roles));
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/users/{}/mfa",
            call =>
            {
                if (Demand.UserId(call, 0) != call.User.Id)
                    Demand.SystemAdmin(call, "edit_other_users");
                return call.Json?.Flag("activate") switch
                {
                    false => Answer.StatusOk,
                    true => throw new MattermostException(
                        501,
                        "mfa.mfa_disabled.app_error",
                        "Multi-factor authentication has been disabled on this server."
                    ),
                    null => throw MattermostException.BodyParameter("activate"),
                };
            }
        );
        routes.Map("POST", "/api/v4/users/mfa", static _ => new Answer(200, """{"mfa_required":false}"""u8.ToArray()));
        routes.Map(
            "POST",
            "/api/v4/users/{}/reset_failed_attempts",
            call =>
            {
                Demand.SystemAdmin(call, "sysconsole_write_user_management_users");
                Demand.User(world, Demand.UserId(call, 0));
                return Answer.StatusOk;
            }
        );
        // No mail is sent.
        routes.Map("POST", "/api/v4/users/password/reset/send", static _ => Answer.StatusOk);
    }
}
