using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary><c>/sandbox/…</c> on the Mattermost port: the in-process operations for other processes.</summary>
internal sealed class AdminApi
{
    private readonly RouteTable _routes = new();

    public AdminApi(SandboxServer sandbox)
    {
        FaultsAdmin.Map(_routes, sandbox);
        CallsAdmin.Map(_routes, sandbox);
        ServersAdmin.Map(_routes, sandbox);
        PeopleAdmin.Map(_routes, sandbox);
    }

    public async ValueTask<Answer> HandleAsync(ApiCall call)
    {
        if (_routes.Find(call.Method, call.Path, out var values) is not { } handler)
            return AdminAnswers.Failed(404, $"no such route: {call.Method} {call.Path}; docs/sandbox.md lists them");
        call.Values = values;
        try
        {
            return await handler(call);
        }
        catch (JsonException error)
        {
            return AdminAnswers.Failed(400, $"the body is not JSON: {error.Message}");
        }
        catch (MattermostException error)
        {
            return AdminAnswers.Failed(
                400,
                error.Detail.Length > 0 ? $"{error.Message} ({error.Detail})" : error.Message
            );
        }
        catch (Exception error) when (error is XsoarException or JsonFieldException)
        {
            return AdminAnswers.Failed(400, error.Message);
        }
    }
}
