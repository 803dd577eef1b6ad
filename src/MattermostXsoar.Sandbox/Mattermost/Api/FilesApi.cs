using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Files: upload as a form or as a raw body, information, content.</summary>
internal static class FilesApi
{
    private const int LongestName = 255;

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.MapUpload("POST", "/api/v4/files", call => UploadAsync(world, call));
        routes.Map(
            "GET",
            "/api/v4/files/{}/info",
            call => new Answer(200, Json.Bytes(Find(world, call), world.WriteFile))
            {
                Headers = [FileHeaders.LongLived],
            }
        );
        foreach (var method in new[] { "GET", "HEAD" })
            routes.Map(method, "/api/v4/files/{}", call => Content(world, call, Find(world, call, ofContent: true)));
        if (world.Version.HasNewApis)
            routes.Map("GET", "/files/{}/public", call => Public(world, call));
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
                    return new Answer(200, Json.Array(files, world.WriteFile))
                    {
                        Headers = [FileHeaders.LongLived, Etags.Of(world.Options, post, files)],
                    };
                });
            }
        );
    }

    private static Answer Content(MattermostWorld world, ApiCall call, SandboxFile file)
    {
        var headers = new List<KeyValuePair<string, string>>(FileHeaders.Of(file, world.Version))
        {
            FileHeaders.Length(file),
        };
        if (Range(call, file.Size) is not var (from, to))
            return Answer.OfFile(file.Stored, FileHeaders.ContentType(file)) with { Headers = headers };
        headers.Add(
            new("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{file.Size}"))
        );
        var part = file.Content.Slice((int)from, (int)(to - from) + 1);
        return new Answer(206, part, FileHeaders.ContentType(file)) { Headers = headers };
    }

    /// <summary>The first and the last byte that are wanted; null for the whole file.</summary>
    private static (long From, long To)? Range(ApiCall call, long size)
    {
        if (call.Http.Request.GetTypedHeaders().Range is not { Ranges: { Count: 1 } ranges } || size > int.MaxValue)
            return null;
        var range = ranges.First();
        var from = range.From ?? Math.Max(0, size - (range.To ?? 0));
        var to = Math.Min(size - 1, range.From is null ? size - 1 : range.To ?? size - 1);
        return from <= to ? (from, to) : null;
    }

    /// <summary>For anyone who has the link.</summary>
    private static Answer Public(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "file_id");
        var file = world.FindFile(id) ?? throw MattermostException.NoFile(id);
        return call.Query("h") == world.Signature(id)
            ? Content(world, call, file)
            : ErrorPage.Of(400, "The public link does not appear to be valid.");
    }

    private static Answer Picture(MattermostWorld world, ApiCall call, string kind, int maxWidth, int maxHeight)
    {
        var file = Find(world, call);
        return file.Dimensions is { } size
            ? new Answer(200, GreyPicture.Thumbnail(size, maxWidth, maxHeight), "image/jpeg")
            {
                Headers = FileHeaders.Of(file, world.Version),
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

    private static SandboxFile Find(MattermostWorld world, ApiCall call, bool ofContent = false)
    {
        var id = Demand.UrlId(call.Values[0], "file_id");
        var file =
            world.FindFile(id)
            ?? throw (
                ofContent && world.Version.ChecksUploads
                    ? new MattermostException(404, "api.file.get_file_info.app_error", "Failed to get file info.")
                    : MattermostException.NoFile(id)
            );
        var mine =
            file.UserId == call.User.Id
            || (world.FindChannel(file.ChannelId) is { } channel && Demand.MayRead(world, call.User, channel));
        return mine || call.User.IsSystemAdmin
            ? file
            : throw MattermostException.Forbidden(call.User.Id, "read_channel");
    }

    private static async Task<UploadForm?> FormAsync(ApiCall call, long limit)
    {
        try
        {
            return await UploadForm.ReadAsync(call.Http.Request, call.Aborted, limit);
        }
        catch (Exception error)
            when (error is InvalidDataException or IOException && !call.Aborted.IsCancellationRequested)
        {
            throw Unreadable();
        }
    }

    private static MattermostException Unreadable() =>
        new(
            400,
            "api.file.upload_file.read_request.app_error",
            "Unable to upload file(s). Error reading or parsing request data."
        );

    private static string NameOf(MattermostWorld world, string name) =>
        world.Version.ChecksUploads ? name[(name.LastIndexOf('/') + 1)..] : name;

    private static async ValueTask<Answer> UploadAsync(MattermostWorld world, ApiCall call)
    {
        var contents = new List<(string Name, StoredContent Content)>();
        var isForm = false;
        string[]? clientIds = null;
        var channelId = call.Query("channel_id") ?? "";
        var limit = world.MaxFileSize;
        if (await FormAsync(call, limit) is { } form)
        {
            isForm = true;
            channelId = form["channel_id"] ?? channelId;
            clientIds = [.. form.All("client_ids")];
            contents.AddRange(form.Files.Select(it => (NameOf(world, it.Name), it.Content)));
            if (world.Version.ChecksUploads && clientIds.Length > 0 && clientIds.Length != contents.Count)
                throw MattermostException.BodyParameter("client_ids");
        }
        else
        {
            if (world.Version.ChecksUploads)
            {
                if (call.Query("filename") is not { Length: > 0 })
                    throw MattermostException.UrlParameter("filename");
                if (!Ids.IsValid(channelId))
                    throw MattermostException.UrlParameter("channel_id");
                if (call.Http.Request.ContentLength is null or 0)
                    throw Unreadable();
            }
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
            // The name of a file on the server's disk.
            if (world.Version.ChecksUploads && Encoding.UTF8.GetByteCount(name) > LongestName)
                throw new MattermostException(500, "api.file.write_file.app_error", "Unable to write the file.");
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
            world.AddFile(call.User, it.Name, FileHeaders.TypeOf(it.Name, world.Version), it.Content, channelId)
        );
        return new Answer(
            201,
            Json.Bytes(
                (files, clientIds),
                (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("file_infos"u8);
                    it.files.ForEach(file => world.WriteFile(writer, file));
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
