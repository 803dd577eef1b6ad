using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Query;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Incidents: search, and list of modified ones.</summary>
internal static class IncidentSearchApi
{
    public const string ModifiedPath = "/incidents/modified";

    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        routes.Map(
            "POST",
            "/incidents/search",
            call =>
            {
                var json = XsoarBody.Read(call);
                // Some clients omit the wrapping.
                var filter = new FilterFields(
                    json.TryGetProperty("filter", out var inner) && inner.ValueKind == JsonValueKind.Object
                        ? inner
                        : json
                );
                return world.Read(() =>
                {
                    var found = IncidentFilter.Find(world, filter);
                    if (json.Is("userFilter"))
                        found = found.Where(it => it.Owner == world.ApiUser);
                    var page = SearchPage.Of(found, filter, options.Xsoar.SizeWhenMissing);
                    return SearchAnswers.Write(
                        page,
                        options.Xsoar.EmptySearchIsList,
                        (writer, it) => IncidentJson.Write(writer, it, page.SortValues(it))
                    );
                });
            }
        );
        if (!Version.TryParse(options.XsoarVersion, out var version) || version < new Version(8, 14))
            return;
        if (options.Xsoar.ModifiedIncidentsMethod != ModifiedMethod.Post)
            routes.Map(
                "GET",
                ModifiedPath,
                call => Modified(world, call.Query(options.Xsoar.ModifiedIncidentsParameter))
            );
        if (options.Xsoar.ModifiedIncidentsMethod != ModifiedMethod.Get)
        {
            routes.Map(
                "POST",
                ModifiedPath,
                call =>
                    Modified(
                        world,
                        XsoarBody.Read(call).TryGetProperty(options.Xsoar.ModifiedIncidentsParameter, out var given)
                            ? given.ToString()
                            : null
                    )
            );
        }
    }

    private static Answer Modified(XsoarWorld world, string? seconds)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since))
            throw XsoarException.BadRequest("from_timestamp is missing");
        return new Answer(
            200,
            world.Read(() =>
                JsonSerializer.SerializeToUtf8Bytes(
                    world
                        .Incidents.Where(it => it.ModifiedNanoseconds >= since * 1_000_000_000)
                        .Select(static it => it.Id)
                )
            )
        );
    }
}
