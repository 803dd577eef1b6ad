using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Incidents: search, load, make, investigate, close.</summary>
internal static class IncidentsApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.Map("POST", "/incidents/search", call => Search(world, Filter(call), IncidentJson.Write));
        routes.Map("POST", "/investigations/search", call => Search(world, Filter(call), static (writer, it) => IncidentJson.WriteInvestigation(writer, it, null)));
        routes.Map("GET", "/incident/load/{}", call => One(world, world.Incident(call.Values[0])));
        routes.Map("POST", "/incident", call => Save(world, call));
        routes.Map("POST", "/incident/close", call =>
        {
            var (json, incident) = Target(world, call);
            world.Close(incident.Id, world.ApiUser, json.Text("closeReason") ?? "", json.Text("closeNotes") ?? "");
            return One(world, incident);
        });
        routes.Map("POST", "/incident/investigate", call =>
        {
            var (_, incident) = Target(world, call);
            if (incident.HasInvestigation)
                throw XsoarException.BadRequest($"Investigation {incident.Id} already exists");
            world.Locked(() => incident.Status = 1);
            return new Answer(200, world.Read(() => Json.Bytes(incident, static (writer, it) =>
            {
                writer.WriteStartObject();
                writer.WriteNull("error"u8);
                writer.WriteString("id"u8, it.Id);
                writer.WriteNull("invPlaybook"u8);
                writer.WriteNumber("version"u8, it.Version);
                writer.WritePropertyName("investigation"u8);
                IncidentJson.WriteInvestigation(writer, it, null);
                writer.WriteEndObject();
            })));
        });
    }

    private static Answer One(XsoarWorld world, SandboxIncident incident, int status = 200) =>
        new(status, world.Read(() => Json.Bytes(incident, IncidentJson.Write)));

    private static JsonElement Body(ApiCall call) => call.Json is { ValueKind: JsonValueKind.Object } json ? json : throw XsoarException.BadRequest("Could not parse the body");

    /// <summary>The filter, bare or wrapped: the server's description and its clients differ.</summary>
    private static JsonElement Filter(ApiCall call)
    {
        var json = Body(call);
        return json.TryGetProperty("filter", out var filter) && filter.ValueKind == JsonValueKind.Object ? filter : json;
    }

    private static (JsonElement Json, SandboxIncident Incident) Target(XsoarWorld world, ApiCall call)
    {
        var json = Body(call);
        var incident = world.Incident(json.Text("id") ?? "");
        if (json.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) && number >= 0 && number != incident.Version)
            throw XsoarException.Version();
        return (json, incident);
    }

    private static Answer Save(XsoarWorld world, ApiCall call)
    {
        var json = Body(call);
        SandboxIncident incident;
        var isNew = json.Text("id") is not { Length: > 0 };
        if (isNew)
        {
            var opens = json.TryGetProperty("createInvestigation", out var create) && create.ValueKind == JsonValueKind.True;
            incident = world.Incident(world.CreateIncident(json.Text("name") ?? "", owner: json.Text("owner") ?? world.ApiUser, pending: !opens));
        }
        else
        {
            incident = Target(world, call).Incident;
        }
        world.Locked(() =>
        {
            incident.Name = json.Text("name") ?? incident.Name;
            incident.Type = json.Text("type") is { Length: > 0 } type ? type : incident.Type;
            incident.Details = json.Text("details") ?? incident.Details;
            incident.Owner = json.Text("owner") ?? incident.Owner;
            if (json.TryGetProperty("severity", out var severity) && severity.ValueKind == JsonValueKind.Number)
                incident.Severity = severity.GetDouble();
            if (json.TryGetProperty("labels", out var labels))
                incident.LabelsJson = labels.GetRawText();
            if (json.TryGetProperty("CustomFields", out var fields))
                incident.CustomFieldsJson = fields.GetRawText();
            if (!isNew)
                world.Touch(incident);
            return incident;
        });
        return One(world, incident, world.ApiKeyId is not null && isNew ? 201 : 200);
    }

    private static Answer Search(XsoarWorld world, JsonElement filter, Action<Utf8JsonWriter, SandboxIncident> write)
    {
        var matches = Matches(filter);
        var (page, size) = (Number(filter, "page"), Math.Min(1000, Number(filter, "size")));
        var ids = Strings(filter, "id");
        return new Answer(200, world.Read(() =>
        {
            var found = (ids.Count > 0 ? ids.Distinct().Select(world.Find).OfType<SandboxIncident>().Where(static it => it.InvestigationType == 0) : world.Incidents).Where(matches);
            var all = Sort(found, filter).ToList();
            return Json.Bytes((all, page, size, write), static (writer, it) =>
            {
                writer.WriteStartObject();
                var data = it.all.Skip(it.page * it.size).Take(it.size).ToList();
                if (data.Count == 0)
                {
                    writer.WriteNull("data"u8);
                }
                else
                {
                    writer.WriteStartArray("data"u8);
                    data.ForEach(incident => it.write(writer, incident));
                    writer.WriteEndArray();
                }
                writer.WriteNumber("total"u8, it.all.Count);
                writer.WriteEndObject();
            });
        }));
    }

    private static Func<SandboxIncident, bool> Matches(JsonElement filter)
    {
        var query = IncidentQuery.Parse(filter.Text("query"));
        List<string> names = Strings(filter, "name"), types = Strings(filter, "type"), statuses = Strings(filter, "status"), levels = Strings(filter, "level");
        var hasFrom = Instant.TryParse(filter.Text("fromDate"), out var from);
        var hasTo = Instant.TryParse(filter.Text("toDate"), out var to);
        return it => query(it)
            && (names.Count == 0 || names.Contains(it.Name))
            && (types.Count == 0 || types.Contains(it.Type))
            && (statuses.Count == 0 || statuses.Contains(it.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            && (levels.Count == 0 || levels.Contains(it.Severity.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            && (!hasFrom || it.CreatedNanoseconds >= from)
            && (!hasTo || it.CreatedNanoseconds <= to);
    }

    private static IEnumerable<SandboxIncident> Sort(IEnumerable<SandboxIncident> incidents, JsonElement filter)
    {
        var (field, ascending) = ("created", false);
        if (filter.TryGetProperty("sort", out var sort) && sort.ValueKind == JsonValueKind.Array && sort.GetArrayLength() > 0)
        {
            field = sort[0].Text("field") ?? field;
            ascending = sort[0].TryGetProperty("asc", out var asc) && asc.ValueKind == JsonValueKind.True;
        }
        Func<SandboxIncident, IComparable> key = field switch
        {
            "modified" => static it => it.ModifiedNanoseconds,
            "name" => static it => it.Name,
            "severity" => static it => it.Severity,
            _ => static it => it.CreatedNanoseconds,
        };
        return ascending ? incidents.OrderBy(key) : incidents.OrderByDescending(key);
    }

    /// <summary>A missing size is 0, and gets nothing: so says the server's description.</summary>
    private static int Number(JsonElement filter, string name) =>
        filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? Math.Max(0, number) : 0;

    private static List<string> Strings(JsonElement filter, string name) => filter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(static it => it.ToString())]
        : [];
}
