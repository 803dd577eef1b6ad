using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Query;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Investigations: read one with its War Room, or search.</summary>
internal static class InvestigationsApi
{
    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        routes.Map(
            "POST",
            "/investigation/{}",
            call =>
            {
                var filter = new EntryFilter(XsoarBody.ReadIfAny(call), options);
                var investigation = world.InvestigationOrShell(call.Values[0]);
                return new Answer(
                    200,
                    world.Read(() =>
                        Json.Bytes(
                            (investigation, entries: filter.Apply(investigation), options.Xsoar.EmptyEntries),
                            static (writer, it) =>
                                InvestigationJson.Write(writer, it.investigation, it.entries, it.EmptyEntries)
                        )
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/investigations/search",
            call =>
            {
                var filter = new FilterFields(Filter(XsoarBody.Read(call), options.Xsoar.InvestigationFilterForm));
                return world.Read(() =>
                {
                    var page = SearchPage.Of(
                        InvestigationFilter.Find(world, filter),
                        filter,
                        options.Xsoar.SizeWhenMissing
                    );
                    return SearchAnswers.Write(
                        page,
                        options.Xsoar.EmptySearchIsList,
                        filter.Is("idsOnly") ? WriteId : InvestigationJson.Write
                    );
                });
            }
        );
    }

    /// <summary>The filter in the expected form; in the other form its fields are ignored.</summary>
    private static JsonElement Filter(JsonElement body, FilterForm form) =>
        form != FilterForm.Bare
        && body.TryGetProperty("filter", out var filter)
        && filter.ValueKind == JsonValueKind.Object
            ? filter
        : form == FilterForm.Wrapped ? JsonDocument.Parse("{}").RootElement
        : body;

    private static void WriteId(Utf8JsonWriter writer, SandboxIncident it)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, it.Id);
        writer.WriteEndObject();
    }
}
