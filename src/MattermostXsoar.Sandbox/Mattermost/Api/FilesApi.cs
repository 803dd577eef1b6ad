using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Files: upload as a form or as a raw body, information, content.</summary>
internal static class FilesApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.MapUpload("POST", "/api/v4/files", call => UploadAsync(world, call));
        routes.Map(
            "GET",
            "/api/v4/files/{}/info",
            call => new Answer(200, Json.Bytes(Find(world, call), PostJson.WriteFile))
            {
                Headers = [FileHeaders.LongLived],
            }
        );
        routes.Map(
            "GET",
            "/api/v4/files/{}",
            call =>
            {
                var file = Find(world, call);
                return Answer.OfFile(file.Stored, FileHeaders.ContentType(file)) with
                {
                    Headers = [.. FileHeaders.Of(file), FileHeaders.Length(file)],
                };
            }
        );
        routes.Map("GET", "/api/v4/files/{}/thumbnail", call => Picture(world, call, "thumbnail", 120, 100));
        routes.Map("GET", "/api/v4/files/{}/preview", call => Picture(world, call, "preview", 1024, int.MaxValue));
        routes.Map("GET", "/api/v4/files/{}/link", call => Link(world, call));
        routes.Map(
            "GET",
            "/api/v4/posts/{}/files/info",
            call =>
            {
                var post = Demand.ReadablePost(world, call);
                return world.Locked(() =>
                {
                    var files = world.Files(post);
                    return new Answer(200, Json.Array(files, PostJson.WriteFile))
                    {
                        Headers = [FileHeaders.LongLived, Etags.Of(world.Options, post, files)],
                    };
                });
            }
        );
    }

    private static Answer Picture(MattermostWorld world, ApiCall call, string kind, int maxWidth, int maxHeight)
    {
        var file = Find(world, call);
        return file.Dimensions is { } size
            ? new Answer(200, GreyPicture.Thumbnail(size, maxWidth, maxHeight), "image/jpeg")
            {
                Headers = FileHeaders.Of(file),
            }
            : throw new MattermostException(
                400,
                $"api.file.get_file_{kind}.no_{kind}.app_error",
                $"File doesn't have a {kind} image.",
                $"file_id={file.Id}"
            );
    }

    private static Answer Link(MattermostWorld world, ApiCall call)
    {
        var file = Find(world, call);
        if (file.PostId.Length == 0)
            throw new MattermostException(
                400,
                "api.file.get_public_link.no_post.app_error",
                "Unable to get public link for file. "
                    + "File must be attached to a post that can be read by the current user.",
                $"file_id={file.Id}"
            );
        var request = call.Http.Request;
        var link = $"{request.Scheme}://{request.Host}/files/{file.Id}/public?h={world.Signature(file.Id)}";
        return new Answer(
            200,
            Json.Bytes(
                link,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("link"u8, it);
                    writer.WriteEndObject();
                }
            )
        );
    }

    private static SandboxFile Find(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "file_id");
        var file = world.FindFile(id) ?? throw MattermostException.NoFile(id);
        var mine =
            file.UserId == call.User.Id
            || (world.FindChannel(file.ChannelId) is { } channel && Demand.MayRead(world, call.User, channel));
        return mine || call.User.IsSystemAdmin
            ? file
            : throw MattermostException.Forbidden(call.User.Id, "read_channel");
    }

    private static async ValueTask<Answer> UploadAsync(MattermostWorld world, ApiCall call)
    {
        var contents = new List<(string Name, StoredContent Content)>();
        var isForm = false;
        string[]? clientIds = null;
        var channelId = call.Query("channel_id") ?? "";
        var limit = world.MaxFileSize;
        if (await UploadForm.ReadAsync(call.Http.Request, call.Aborted, limit) is { } form)
        {
            isForm = true;
            channelId = form["channel_id"] ?? channelId;
            clientIds = [.. form.All("client_ids")];
            contents.AddRange(form.Files.Select(static it => (it.Name, it.Content)));
        }
        else
        {
            contents.Add(
                (
                    call.Query("filename") ?? "",
                    await StoredContent.ReadAsync(call.Http.Request.Body, call.Aborted, limit)
                )
            );
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
                // As recorded: the server does not know the length of a part of a form, and it does not wait for the
                // rest of a raw body.
                var length = isForm ? -1 : content.Length;
                throw new MattermostException(
                    413,
                    "api.file.upload_file.too_large_detailed.app_error",
                    $"Unable to upload file {name}. {length} bytes exceeds the maximum allowed {limit} bytes."
                )
                {
                    ClosesConnection = !isForm,
                };
            }
        }
        var files = contents.ConvertAll(it =>
            world.AddFile(call.User, it.Name, FileHeaders.TypeOf(it.Name), it.Content)
        );
        return new Answer(
            201,
            Json.Bytes(
                (files, clientIds),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("file_infos"u8);
                    it.files.ForEach(file => PostJson.WriteFile(writer, file));
                    writer.WriteEndArray();
                    writer.WritePropertyName("client_ids"u8);
                    writer.WriteRawValue(
                        it.clientIds is null
                            ? "null"u8
                            : Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(it.clientIds)),
                        true
                    );
                    writer.WriteEndObject();
                }
            )
        );
    }
}
