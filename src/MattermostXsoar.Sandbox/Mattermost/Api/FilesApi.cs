using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Files: upload in a form or as a raw body, description, content.</summary>
internal static class FilesApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.MapUpload("POST", "/api/v4/files", call => UploadAsync(world, call));
        routes.Map("GET", "/api/v4/files/{}/info", call => new Answer(200, Json.Bytes(Find(world, call), PostJson.WriteFile)));
        routes.Map("GET", "/api/v4/files/{}", call =>
        {
            var file = Find(world, call);
            return Answer.OfFile(file.Stored, file.MimeType.Length > 0 ? file.MimeType : "application/octet-stream");
        });
        routes.Map("GET", "/api/v4/posts/{}/files/info", call =>
        {
            var post = world.PostCore(Demand.UrlId(call.Values[0], "post_id"));
            return new Answer(200, world.Locked(() => Json.Array(world.Files(post), PostJson.WriteFile)));
        });
    }

    private static SandboxFile Find(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "file_id");
        return world.FindFile(id) ?? throw MattermostException.NoFile(id);
    }

    private static async ValueTask<Answer> UploadAsync(MattermostWorld world, ApiCall call)
    {
        var contents = new List<(string Name, StoredContent Content)>();
        string[]? clientIds = null;
        var channelId = call.Query("channel_id") ?? "";
        var limit = world.Options.MaxFileSize;
        if (await UploadForm.ReadAsync(call.Http.Request, call.Aborted, limit) is { } form)
        {
            channelId = form["channel_id"] ?? channelId;
            clientIds = [.. form.All("client_ids")];
            contents.AddRange(form.Files.Select(static it => (it.Name, it.Content)));
        }
        else
        {
            contents.Add((call.Query("filename") ?? "", await StoredContent.ReadAsync(call.Http.Request.Body, call.Aborted, limit)));
        }
        if (!Ids.IsValid(channelId))
            throw MattermostException.BodyParameter("channel_id");
        var channel = world.FindChannel(channelId);
        if (channel is null || !(call.User.IsSystemAdmin || channel.Members.ContainsKey(call.User.Id)))
            throw MattermostException.Forbidden(call.User.Id, "upload_file");
        foreach (var (name, content) in contents)
        {
            if (content.Length > limit)
            {
                throw new MattermostException(413, "api.file.upload_file.too_large_detailed.app_error",
                    $"Unable to upload file {name}. {content.Length} bytes exceeds the maximum allowed {limit} bytes.");
            }
        }
        var files = contents.ConvertAll(it => world.AddFile(call.User, it.Name, ContentType(it.Name), it.Content));
        return new Answer(201, Json.Bytes((files, clientIds), static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("file_infos"u8);
            it.files.ForEach(file => PostJson.WriteFile(writer, file));
            writer.WriteEndArray();
            writer.WritePropertyName("client_ids"u8);
            writer.WriteRawValue(it.clientIds is null ? "null"u8 : Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(it.clientIds)), true);
            writer.WriteEndObject();
        }));
    }

    private static string ContentType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".txt" or ".log" => "text/plain; charset=utf-8",
        ".json" => "application/json",
        ".csv" => "text/csv; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        ".pdf" => "application/pdf",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".zip" => "application/zip",
        _ => "",
    };
}
