using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Incidents: load, create, update, investigate, close.</summary>
internal static class IncidentsApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.Map(
            "GET",
            "/incident/load/{}",
            call =>
            {
                var incident = world.Incident(call.Values[0]);
                if (world.Behaviour.LoadingTouchesIncident)
                    world.Locked(() => incident.OpenedNanoseconds = incident.ModifiedNanoseconds = world.Now());
                return One(world, incident);
            }
        );
        routes.Map("POST", "/incident", call => Save(world, XsoarBody.Read(call)));
        routes.Map(
            "POST",
            "/incident/json",
            call =>
            {
                var json = XsoarBody.Read(call);
                var incident = world.Create(
                    json.Text("name") ?? "",
                    "Unclassified",
                    0,
                    "",
                    pending: true,
                    "",
                    world.ApiUser
                );
                incident.RawJson = json.GetRawText();
                return One(world, incident);
            }
        );
        routes.Map("POST", "/incident/close", call => Close(world, XsoarBody.Read(call)));
        routes.Map(
            "POST",
            "/incident/investigate",
            call =>
            {
                var json = XsoarBody.Read(call);
                var incident = world.Locked(() =>
                {
                    var target = Target(world, json);
                    world.Investigate(target);
                    return target;
                });
                return new Answer(
                    200,
                    world.Read(() =>
                        Json.Bytes(
                            incident,
                            static (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteNull("error"u8);
                                writer.WriteString("id"u8, it.Id);
                                writer.WriteNull("invPlaybook"u8);
                                writer.WriteNumber("version"u8, it.Version);
                                writer.WritePropertyName("investigation"u8);
                                InvestigationJson.Write(writer, it);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
    }

    private static Answer One(XsoarWorld world, SandboxIncident incident, int status = 200) =>
        new(status, world.Read(() => Json.Bytes(incident, IncidentJson.Write)));

    private static SandboxIncident Target(XsoarWorld world, JsonElement json)
    {
        var incident = world.Incident(json.Text("id") ?? "");
        world.CheckVersion(incident.Version, json.Version());
        return incident;
    }

    private static Answer Save(XsoarWorld world, JsonElement json)
    {
        if (json.Text("id") is { Length: > 0 })
        {
            return One(
                world,
                world.Locked(() =>
                {
                    var present = Target(world, json);
                    Fill(world, present, json);
                    world.Touch(present);
                    return present;
                })
            );
        }
        var name = json.Text("name") ?? "";
        if (
            world.Behaviour.DropIncidentsNamed is { } dropped
            && name.Contains(dropped, StringComparison.OrdinalIgnoreCase)
        )
            return new Answer(200, default, null);
        var incident = world.Create(
            name,
            "Unclassified",
            0,
            "",
            pending: !json.Is("createInvestigation"),
            "",
            world.ApiUser
        );
        Fill(world, incident, json);
        return new Answer(
            world.ApiKeyId is not null ? 201 : 200,
            world.Read(() =>
                Json.Bytes(
                    (incident, !world.Behaviour.NewIncidentHasNoId),
                    static (writer, it) => IncidentJson.Write(writer, it.incident, [it.incident.Id], withId: it.Item2)
                )
            )
        );
    }

    /// <summary>The body replaces the incident: a field that is left out is cleared, not kept.</summary>
    private static void Fill(XsoarWorld world, SandboxIncident incident, JsonElement json) =>
        world.Locked(() =>
        {
            incident.Name = json.Text("name") ?? "";
            incident.Type = json.Text("type") is { Length: > 0 } type ? type : "Unclassified";
            incident.Details = json.Text("details") ?? "";
            incident.Owner = json.Text("owner") ?? "";
            incident.Severity =
                json.TryGetProperty("severity", out var severity) && severity.ValueKind == JsonValueKind.Number
                    ? severity.GetDouble()
                    : 0;
            incident.LabelsJson = json.Raw("labels", "null");
            incident.CustomFieldsJson = json.Raw("CustomFields", "{}");
            incident.RawJson = json.Text("rawJSON") ?? "";
            incident.PlaybookId = json.Text("playbookId") ?? "";
            (incident.Category, incident.Phase, incident.Reason, incident.Parent) = (
                json.Text("category") ?? "",
                json.Text("phase") ?? "",
                json.Text("reason") ?? "",
                json.Text("parent") ?? ""
            );
            if (Instant.TryParse(json.Text("occurred"), out var occurred))
                incident.OccurredNanoseconds = occurred;
            incident.DueNanoseconds =
                Instant.TryParse(json.Text("dueDate"), out var due)
                && !json.Text("dueDate")!.StartsWith("0001", StringComparison.Ordinal)
                    ? due
                    : 0;
            return incident;
        });

    private static Answer Close(XsoarWorld world, JsonElement json)
    {
        var fields = json.TryGetProperty("CustomFields", out var custom) ? custom : default;
        if (
            world.Behaviour.MandatoryCloseFields.FirstOrDefault(it =>
                json.Text(it) is not { Length: > 0 }
                && (fields.ValueKind != JsonValueKind.Object || !fields.TryGetProperty(it, out _))
            ) is
            { } missing
        )
            throw XsoarException.BadRequest($"Mandatory field {missing} is missing");
        var (incident, before) = world.Locked(() =>
        {
            var target = Target(world, json);
            var status = target.Status;
            world.Close(target.Id, world.ApiUser, json.Text("closeReason") ?? "", json.Text("closeNotes") ?? "");
            return (target, status);
        });
        return new Answer(
            200,
            world.Read(() =>
                Json.Bytes(
                    (incident, world.Behaviour.CloseAnswersOldStatus ? before : incident.Status),
                    static (writer, it) => IncidentJson.Write(writer, it.incident, [it.incident.Id], status: it.Item2)
                )
            )
        );
    }
}
