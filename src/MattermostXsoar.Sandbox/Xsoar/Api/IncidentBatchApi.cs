using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Query;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Many incidents at once, by their ids or, with <c>all</c>, by a filter: close or delete.</summary>
internal static class IncidentBatchApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.Map(
            "POST",
            "/incident/batchClose",
            call =>
            {
                var json = XsoarBody.Read(call);
                return Do(
                    world,
                    json,
                    static it => !it.IsClosed,
                    it =>
                        world.Close(it.Id, world.ApiUser, json.Text("closeReason") ?? "", json.Text("closeNotes") ?? "")
                );
            }
        );
        routes.Map(
            "POST",
            "/incident/batchDelete",
            call => Do(world, XsoarBody.Read(call), static _ => true, it => world.Delete(it.Id))
        );
    }

    private static Answer Do(
        XsoarWorld world,
        JsonElement json,
        Func<SandboxIncident, bool> applies,
        Action<SandboxIncident> act
    ) =>
        world.Locked(() =>
        {
            var asked = json.Strings("ids");
            var found = json.Is("all")
                ? IncidentFilter
                    .Find(
                        world,
                        new FilterFields(
                            json.TryGetProperty("filter", out var filter) && filter.ValueKind == JsonValueKind.Object
                                ? filter
                                : JsonDocument.Parse("{}").RootElement
                        )
                    )
                    .ToList()
                : [.. asked.Select(world.Find).OfType<SandboxIncident>().Where(static it => it.IsListed)];
            var done = found.Where(applies).ToList();
            done.ForEach(act);
            var page = new SearchPage(done, done.Count, []);
            return SearchAnswers.Write(
                page,
                world.Behaviour.EmptySearchIsList,
                IncidentJson.Write,
                notUpdated: Math.Max(asked.Count, found.Count) - done.Count
            );
        });
}
