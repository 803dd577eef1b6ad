using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Uploads in parts.</summary>
internal static class UploadsApi
{
    private const long SmallestPart = 5 * 1024 * 1024;

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("POST", "/api/v4/uploads", call => Create(world, call));
        routes.Map("GET", "/api/v4/uploads/{}", call => new Answer(200, Json.Bytes(Find(world, call), Write)));
        routes.MapUpload("POST", "/api/v4/uploads/{}", call => AppendAsync(world, call));
    }

    private static Answer Create(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("upload");
        var channel = world.FindChannel(json.Text("channel_id") ?? "");
        if (channel is null || !(call.User.IsSystemAdmin || channel.Members.ContainsKey(call.User.Id)))
            throw MattermostException.Forbidden(call.User.Id, "upload_file");
        var size = json.TryGetProperty("file_size", out var given) && given.TryGetInt64(out var number) ? number : 0;
        if (size > world.MaxFileSize)
            throw new MattermostException(
                413,
                "api.upload.create.upload_too_large.app_error",
                "Unable to upload file. File is too large."
            );
        return new Answer(
            201,
            Json.Bytes(world.AddUpload(call.User, channel.Id, json.Text("filename") ?? "", size), Write)
        );
    }

    private static SandboxUpload Find(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "upload_id");
        var upload = world.FindUpload(id);
        return upload?.UserId == call.User.Id
            ? upload
            : throw new MattermostException(404, "app.upload.get.app_error", "Failed to get upload.");
    }

    private static async ValueTask<Answer> AppendAsync(MattermostWorld world, ApiCall call)
    {
        var upload = Find(world, call);
        using var part = new MemoryStream();
        await call.Http.Request.Body.CopyToAsync(part, call.Aborted);
        var whole = upload.Content.Length + part.Length >= upload.FileSize;
        if (upload.Content.Length == 0 && !whole && part.Length < SmallestPart)
            throw new MattermostException(
                400,
                "app.upload.upload_data.first_part_too_small.app_error",
                $"Failed to upload data. First part must be at least {SmallestPart} Bytes."
            );
        part.Position = 0;
        part.CopyTo(upload.Content);
        if (!whole)
            return new Answer(204, default);
        var type = FileHeaders.TypeOf(upload.FileName, world.Version);
        var file = world.AddFile(
            call.User,
            upload.FileName,
            type.Length > 0 ? type : "application/octet-stream",
            StoredContent.Of(upload.Content.ToArray()),
            upload.ChannelId
        );
        world.RemoveUpload(upload);
        return new Answer(200, Json.Bytes(file, world.WriteFile));
    }

    private static void Write(Utf8JsonWriter writer, SandboxUpload upload)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, upload.Id);
        writer.WriteString("type"u8, "attachment");
        writer.WriteNumber("create_at"u8, upload.CreateAt);
        writer.WriteString("user_id"u8, upload.UserId);
        writer.WriteString("channel_id"u8, upload.ChannelId);
        writer.WriteString("filename"u8, upload.FileName);
        writer.WriteNumber("file_size"u8, upload.FileSize);
        writer.WriteNumber("file_offset"u8, upload.Content.Length);
        writer.WriteString("remote_id"u8, "");
        writer.WriteString("req_file_id"u8, "");
        writer.WriteEndObject();
    }
}
