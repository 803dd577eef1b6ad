using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>What the fields of a query mean for the tasks of all work plans.</summary>
internal sealed class TaskTerms(XsoarWorld world)
{
    public Func<(SandboxIncident Incident, SandboxTask Task), bool> Test(SearchTerm term)
    {
        switch (term.Field.ToLowerInvariant())
        {
            case "assignee":
                var assignee = term.Value is "{me}" ? term with { Value = world.ApiUser } : term;
                return it => assignee.Is(it.Task.Assignee);
            case "state":
                return it => term.Is(it.Task.State);
            case "name":
                return it => term.IsIn(it.Task.Name);
            case "type":
                return it => term.Is(it.Task.Type);
            case "investigationid" or "invid":
                return it => term.Is(it.Incident.Id);
            default:
                return static _ => false;
        }
    }
}
