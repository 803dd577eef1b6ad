using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Files of a War Room, of any size.</summary>
internal static class EntryFilesApi
{
    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.MapUpload("POST", "/entry/upload/{}", call => UploadAsync(world, call));
        routes.Map("GET", "/entry/download/{}", call => Download(WithFile(world, call.Values[0])));
        routes.Map(
            "POST",
            "/entry/exportArtifact",
            call =>
            {
                var entry = WithFile(world, XsoarBody.Read(call).Demand("id"));
                return new Answer(
                    200,
                    JsonSerializer.SerializeToUtf8Bytes(entry.Id.Replace('@', '_') + "_" + entry.File)
                );
            }
        );
        routes.Map(
            "GET",
            "/entry/artifact/{}",
            call =>
            {
                var name = call.Values[0];
                return Download(
                    world.Read(() =>
                        world
                            .Investigations.SelectMany(static it => it.Entries)
                            .FirstOrDefault(it =>
                                it.Stored is not null && it.Id.Replace('@', '_') + "_" + it.File == name
                            )
                    ) ?? throw XsoarException.BadRequest($"Could not find artifact {name}")
                );
            }
        );
    }

    private static SandboxEntry WithFile(XsoarWorld world, string id)
    {
        var entry = world.Entry(id);
        return entry.File.Length > 0 ? entry : throw XsoarException.BadRequest($"Entry {id} has no file");
    }

    /// <summary>Older clients read <c>filename=</c> only.</summary>
    private static Answer Download(SandboxEntry entry)
    {
        var name = Uri.EscapeDataString(entry.File);
        return Answer.OfFile(
            entry.Stored ?? StoredContent.Of(new byte[entry.FileSize]),
            "application/octet-stream"
        ) with
        {
            Headers = [new("Content-Disposition", $"attachment; filename=\"{name}\"; filename*=UTF-8''{name}")],
        };
    }

    private static async ValueTask<Answer> UploadAsync(XsoarWorld world, ApiCall call)
    {
        var investigation = world.Open(call.Values[0]);
        var form =
            await UploadForm.ReadAsync(call.Http.Request, call.Aborted, hash: true)
            ?? throw XsoarException.BadRequest("The body is not multipart/form-data");
        if (form.Files.FirstOrDefault(static it => it.Field == "file") is not { } file)
            throw XsoarException.BadRequest("http: no such file");
        var shows = form["showMediaFiles"] == "true" || form["showMediaFile"] == "true";
        var entry = world.AddFileCore(
            investigation.Id,
            world.ApiAuthor,
            form["fileName"] is { Length: > 0 } name ? name : file.Name,
            file.Content,
            form["fileComment"] ?? "",
            form["isNoteEntry"] == "true",
            [
                .. (form["tags"] ?? "").Split(
                    ',',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                ),
            ],
            type: shows ? 7 : 3,
            world.Behaviour.UploadCategory
        );
        return world.Behaviour.UploadAnswer switch
        {
            UploadAnswer.EntryList => new Answer(200, world.Read(() => Json.Array([entry], EntryJson.Write))),
            UploadAnswer.Empty => new Answer(200, default, null),
            _ => EntriesApi.One(world, entry),
        };
    }
}
