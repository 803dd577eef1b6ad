using System.Security.Cryptography;
using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

public sealed class EntryFileTests
{
    private static readonly byte[] Bytes = "hello\r\nfile\0"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.13.0")]
    public async Task All_parts_of_an_upload_can_be_read_again(string version)
    {
        await using var scene = await XsoarScene.StartAsync(version: version);
        var entry = await scene.FormAsync(
            "/entry/upload/1",
            ("file/räport 1.txt", Bytes),
            ("fileComment", "see this"),
            ("isNoteEntry", "true"),
            ("showMediaFiles", "false"),
            ("tags", "a, b"),
            ("field", "attachment"),
            ("last", "true")
        );
        Assert.Equal(
            ("räport 1.txt", "see this", "True", "3", """["a","b"]"""),
            (entry["file"], entry["contents"], entry["note"], entry["type"], entry["tags"])
        );
        var about = entry.Json.GetProperty("fileMetadata");
        Assert.Equal(
            (Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes))),
            (about.GetProperty("size").GetInt32(), about.GetProperty("sha256").GetString())
        );

        foreach (var id in new[] { entry["id"], entry["id"].Replace("@", "%40", StringComparison.Ordinal) })
        {
            using var file = await scene.RawAsync("GET", "/entry/download/" + id);
            Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
            Assert.Equal("räport 1.txt", file.Content.Headers.ContentDisposition!.FileNameStar);
            Assert.Equal(Bytes, await file.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Fact]
    public async Task The_sdks_names_of_parts_are_accepted()
    {
        await using var scene = await XsoarScene.StartAsync();
        var entry = await scene.FormAsync(
            "/entry/upload/1",
            ("file/blob", Bytes),
            ("fileName", "shot.png"),
            ("showMediaFile", "true")
        );
        Assert.Equal(("shot.png", "7"), (entry["file"], entry["type"]));
        Assert.True(entry.Json.GetProperty("fileMetadata").GetProperty("isMediaFile").GetBoolean());
    }

    [Fact]
    public async Task An_artifact_is_exported_under_a_name_and_fetched_by_it()
    {
        await using var scene = await XsoarScene.StartAsync();
        var id = scene.World.AddFile("1", "jane", "a b.bin", Bytes).Id;
        var name = (
            await scene.PostAsync("/entry/exportArtifact", new { id, investigationId = "1" })
        ).Json.GetString()!;
        using var file = await scene.RawAsync("GET", "/entry/artifact/" + Uri.EscapeDataString(name));
        Assert.Equal(Bytes, await file.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task An_entry_without_a_file_cannot_be_downloaded()
    {
        await using var scene = await XsoarScene.StartAsync();
        var id = scene.World.AddEntry("1", "jane", "text").Id;
        Assert.Equal(400, (await scene.GetAsync("/entry/download/" + id)).Status);
        Assert.Equal(400, (await scene.GetAsync("/entry/download/99@1")).Status);
        Assert.Equal(400, (await scene.FormAsync("/entry/upload/1", ("fileComment", "x"))).Status);
        Assert.Equal(400, (await scene.FormAsync("/entry/upload/99", ("file/a.txt", Bytes))).Status);
    }

    [Theory]
    [InlineData(UploadAnswer.Entry, JsonValueKind.Object)]
    [InlineData(UploadAnswer.EntryList, JsonValueKind.Array)]
    [InlineData(UploadAnswer.Empty, null)]
    public async Task An_upload_answers_one_of_three_bodies(UploadAnswer answer, JsonValueKind? kind)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { UploadAnswer = answer });
        var reply = await scene.FormAsync("/entry/upload/1", ("file/a.txt", Bytes));
        Assert.Equal(200, reply.Status);
        Assert.Equal(kind, reply.Text.Length == 0 ? null : reply.Json.ValueKind);
        Assert.Equal(Bytes, scene.World.Entries("1")[0].FileContent.ToArray());
    }

    [Fact]
    public async Task Files_on_an_incident_are_listed_removed_and_the_last_opens_it()
    {
        await using var scene = await XsoarScene.StartAsync();
        var id = (await scene.PostAsync("/incident", new { name = "mail" }))["id"];
        await scene.FormAsync($"/incident/upload/{id}", ("file/a.eml", Bytes), ("last", "false"));
        Assert.Equal(0, scene.World.Incident(id).Status);
        var incident = await scene.FormAsync(
            $"/incident/upload/{id}",
            ("file/b.eml", Bytes),
            ("fileName", "c.eml"),
            ("fileComment", "the mail"),
            ("last", "true")
        );
        Assert.Equal("1", incident["status"]);
        Assert.Equal(["a.eml", "c.eml"], scene.World.Incident(id).AttachmentNames);

        var path = incident.Json.GetProperty("attachment")[0].GetProperty("path").GetString()!;
        var files = new Dictionary<string, object> { [path] = new { path } };
        await scene.PostAsync(
            $"/incident/remove/{id}",
            new
            {
                fieldName = "attachment",
                files,
                originalAttachments = new[] { new { path } },
            }
        );
        Assert.Equal(["c.eml"], scene.World.Incident(id).AttachmentNames);
    }
}
