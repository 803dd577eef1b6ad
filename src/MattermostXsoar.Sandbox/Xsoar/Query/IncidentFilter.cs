using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>The filter of <c>/incidents/search</c> and of the batch calls.</summary>
internal static class IncidentFilter
{
    /// <summary>The matching incidents. Ids are looked up, not searched for: a mirror queries hundreds.</summary>
    public static IEnumerable<SandboxIncident> Find(XsoarWorld world, FilterFields filter)
    {
        var ids = filter.Strings("id");
        var candidates =
            ids.Count > 0
                ? ids.Distinct().Select(world.Find).OfType<SandboxIncident>().Where(static it => it.IsListed)
                : world.Incidents;
        return candidates.Where(Test(world, filter));
    }

    private static Func<SandboxIncident, bool> Test(XsoarWorld world, FilterFields filter)
    {
        var query = SearchQuery<SandboxIncident>.Parse(filter.Text("query"), new IncidentTerms(world).Test);
        Func<string, bool> name = filter.OneOf("name"),
            type = filter.OneOf("type"),
            status = filter.OneOf("status"),
            notStatus = filter.NoneOf("notStatus");
        Func<string, bool> level = filter.OneOf("level"),
            category = filter.OneOf("category"),
            notCategory = filter.NoneOf("notCategory"),
            reason = filter.OneOf("reason");
        Func<string, bool> parent = filter.OneOf("parent"),
            investigation = filter.OneOf("investigation"),
            notInvestigation = filter.NoneOf("notInvestigation");
        Func<long, bool> created = filter.Between("fromDate", "toDate"),
            closed = filter.Between("fromClosedDate", "toClosedDate");
        Func<long, bool> opened = filter.Between("fromActivatedDate", "toActivatedDate"),
            due = filter.Between("fromDueDate", "toDueDate");
        var period = FilterPeriod.Read(filter, world.Now());
        var users = filter.Strings("users");
        var details = filter.Text("details") ?? "";
        return it =>
            query(it)
            && name(it.Name)
            && type(it.Type)
            && reason(it.Reason)
            && parent(it.Parent)
            && status(Text(it.Status))
            && notStatus(Text(it.Status))
            && level(it.Severity.ToString(CultureInfo.InvariantCulture))
            && category(it.Category)
            && notCategory(it.Category)
            && investigation(it.Id)
            && notInvestigation(it.Id)
            && created(it.CreatedNanoseconds)
            && period(it.CreatedNanoseconds)
            && closed(it.ClosedNanoseconds)
            && opened(it.OpenedNanoseconds)
            && due(it.DueNanoseconds)
            && (users.Count == 0 || users.Contains(it.Owner) || users.Exists(it.Users.Contains))
            && it.Details.Contains(details, StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
