using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Query;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Work plans: as a whole, as a flat list of tasks, or the tasks of all work plans as the widget "My tasks"
/// queries them.</summary>
internal static class WorkPlansApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.Map("GET", "/inv-playbook/{}", call => TasksApi.WorkPlan(world, call.Values[0]));
        routes.Map(
            "GET",
            "/investigation/{}/workplan",
            call => new Answer(
                200,
                world.Read(() =>
                {
                    world.Playbook(call.Values[0]);
                    return Json.Bytes(
                        world.Investigation(call.Values[0]),
                        static (writer, it) =>
                        {
                            writer.WriteStartObject();
                            writer.WritePropertyName("invPlaybook"u8);
                            PlaybookJson.Write(writer, it);
                            writer.WriteEndObject();
                        }
                    );
                })
            )
        );
        routes.Map(
            "POST",
            "/investigation/{}/workplan/tasks",
            call =>
            {
                var json = XsoarBody.Read(call);
                IReadOnlyList<string> states = json.Strings("states"),
                    types = json.Strings("types");
                return new Answer(
                    200,
                    world.Read(() =>
                        Json.Array(
                            world
                                .Investigation(call.Values[0])
                                .Playbook?.Tasks.Where(it => Fits(states, it.State) && Fits(types, it.Type))
                                ?? [],
                            PlaybookJson.WriteTask
                        )
                    )
                );
            }
        );
        foreach (var path in new[] { "/statistics/widgets/query", "/v2/statistics/widgets/query" })
            routes.Map("POST", path, call => MyTasks(world, XsoarBody.Read(call)));
    }

    private static bool Fits(IReadOnlyList<string> wanted, string value) =>
        wanted.Count == 0 || wanted.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static Answer MyTasks(XsoarWorld world, JsonElement json)
    {
        if (json.Text("dataType") is not (null or "tasks"))
            throw XsoarException.BadRequest("Only the data type tasks is supported");
        var test = SearchQuery<(SandboxIncident Incident, SandboxTask Task)>.Parse(
            json.Text("query"),
            new TaskTerms(world).Test
        );
        return world.Read(() =>
        {
            var all = world
                .Investigations.Where(static it => it.Playbook is not null && !it.IsClosed)
                .SelectMany(static it => it.Playbook!.Tasks.Select(task => (it, task)))
                .Where(test)
                .OrderBy(static it => it.Item2.DueNanoseconds)
                .ToList();
            var size =
                json.TryGetProperty("size", out var given) && given.TryGetInt32(out var number) ? number : all.Count;
            return new Answer(
                200,
                Json.Bytes(
                    (all, size),
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        writer.WriteStartArray("data"u8);
                        foreach (var task in it.all.Take(it.size))
                            PlaybookJson.WriteOfAll(writer, task);
                        writer.WriteEndArray();
                        writer.WriteNumber("total"u8, it.all.Count);
                        writer.WriteEndObject();
                    }
                )
            );
        });
    }
}
