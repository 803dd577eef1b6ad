using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Files on an incident itself, not in its War Room.</summary>
internal static class IncidentFilesApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.MapUpload("POST", "/incident/upload/{}", call => UploadAsync(world, call));
        routes.Map(
            "POST",
            "/incident/remove/{}",
            call =>
            {
                var incident = world.Incident(call.Values[0]);
                var json = XsoarBody.Read(call);
                var paths =
                    json.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object
                        ? files.EnumerateObject().Select(static it => it.Name).ToHashSet()
                        : [];
                world.Locked(() =>
                {
                    incident.Attachments.RemoveAll(it => paths.Contains(it.Path));
                    world.Touch(incident);
                    return incident;
                });
                return One(world, incident);
            }
        );
    }

    private static Answer One(XsoarWorld world, SandboxIncident incident) =>
        new(200, world.Read(() => Json.Bytes(incident, IncidentJson.Write)));

    private static async ValueTask<Answer> UploadAsync(XsoarWorld world, ApiCall call)
    {
        var incident = world.Incident(call.Values[0]);
        var form =
            await UploadForm.ReadAsync(call.Http.Request, call.Aborted, hash: true)
            ?? throw XsoarException.BadRequest("The body is not multipart/form-data");
        if (form.Files.FirstOrDefault(static it => it.Field == "file") is not { } file)
            throw XsoarException.BadRequest("http: no such file");
        world.Locked(() =>
        {
            var name = form["fileName"] is { Length: > 0 } given ? given : file.Name;
            incident.Attachments.Add(
                new SandboxAttachment(
                    name,
                    $"{incident.Id}_{Guid.NewGuid()}_{name}",
                    "application/octet-stream",
                    form["fileComment"] ?? "",
                    form["showMediaFile"] == "true",
                    file.Content
                )
            );
            world.Touch(incident);
            return incident;
        });
        // The last file of an incident starts the investigation.
        if (form["last"] == "true" && !incident.HasInvestigation)
            world.Investigate(incident);
        return One(world, incident);
    }
}
