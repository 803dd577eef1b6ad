using System.Globalization;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>The filter of <c>/investigations/search</c>. The playground is found only by its type.</summary>
internal static class InvestigationFilter
{
    public static IEnumerable<SandboxIncident> Find(XsoarWorld world, FilterFields filter)
    {
        var types = filter.Strings("type");
        Func<string, bool> id = filter.OneOf("id"),
            notId = filter.NoneOf("notIDs"),
            name = filter.OneOf("name"),
            reason = filter.OneOf("reason");
        Func<string, bool> category = filter.OneOf("category"),
            notCategory = filter.NoneOf("notCategory"),
            status = filter.OneOf("status");
        Func<long, bool> created = filter.Between("fromDate", "toDate"),
            closed = filter.Between("fromCloseDate", "toCloseDate");
        var period = FilterPeriod.Read(filter, world.Now());
        var users = filter.Strings("user");
        return world.Investigations.Where(it =>
            (
                types.Count == 0
                    ? it.InvestigationType == 0
                    : types.Contains(it.InvestigationType.ToString(CultureInfo.InvariantCulture))
            )
            && id(it.Id)
            && notId(it.Id)
            && name(it.Name)
            && reason(it.Reason)
            && category(it.Category)
            && notCategory(it.Category)
            && status(it.IsClosed ? "1" : "0")
            && created(it.CreatedNanoseconds)
            && period(it.CreatedNanoseconds)
            && closed(it.ClosedNanoseconds)
            && (users.Count == 0 || users.Exists(it.Users.Contains))
        );
    }
}
