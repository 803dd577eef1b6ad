using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary><c>/sandbox/faults</c>: add, list, remove.</summary>
internal static class FaultsAdmin
{
    public static void Map(RouteTable routes, SandboxServer sandbox)
    {
        routes.Map("GET", "/sandbox/faults", _ => new Answer(200, Json.Array(sandbox.Faults.Pending, FaultJson.Write)));
        routes.Map("POST", "/sandbox/faults", call => Add(sandbox, call));
        routes.Map("DELETE", "/sandbox/faults", _ => AdminAnswers.Do(sandbox.Faults.Clear));
        routes.Map(
            "GET",
            "/sandbox/faults/{}",
            call =>
                sandbox.Faults.Pending.FirstOrDefault(it => it.Id == call.Values[0]) is { } fault
                    ? new Answer(200, Json.Bytes(fault, FaultJson.Write))
                    : Gone(call)
        );
        routes.Map(
            "DELETE",
            "/sandbox/faults/{}",
            call => sandbox.Faults.Remove(call.Values[0]) ? Answer.StatusOk : Gone(call)
        );
    }

    private static Answer Add(SandboxServer sandbox, ApiCall call)
    {
        var fault = FaultJson.Read(AdminAnswers.Fields(call));
        if (fault.Flaw() is { } flaw)
            return AdminAnswers.Failed(400, "$." + flaw);
        return new Answer(200, Json.Bytes(sandbox.Faults.Add(fault), FaultJson.Write));
    }

    private static Answer Gone(ApiCall call) =>
        AdminAnswers.Failed(404, $"no fault {call.Values[0]} is active: it is used up, has ended, or never existed");
}
