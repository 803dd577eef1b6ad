using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

public sealed class EntryTests
{
    [Fact]
    public async Task A_command_is_executed_at_once_and_answers_with_child_entries()
    {
        await using var scene = await XsoarScene.StartAsync();
        var child = Assert.Single(
            (
                await scene.PostAsync(
                    "/entry/execute/sync",
                    new
                    {
                        investigationId = "1",
                        data = "!Print value=\"say \\\"hi\\\" twice\"",
                        id = "",
                        version = 0,
                    }
                )
            ).Json.EnumerateArray()
        );
        Assert.Equal("say \"hi\" twice", child.GetProperty("contents").GetString());
        Assert.Equal(
            ("DBot", "commandAndResults", 1),
            (
                child.GetProperty("user").GetString(),
                child.GetProperty("category").GetString(),
                child.GetProperty("type").GetInt32()
            )
        );
        Assert.Equal(scene.World.Entries("1")[0].Id, child.GetProperty("parentId").GetString());

        var children = await scene.PostAsync("/investigation/1", new { parentID = scene.World.Entries("1")[0].Id });
        Assert.Single(children.Json.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Arguments_may_be_sent_separately()
    {
        await using var scene = await XsoarScene.StartAsync();
        var reply = await scene.PostAsync(
            "/entry/execute/sync",
            new
            {
                investigationId = "1",
                data = "!Print",
                args = new { value = new { simple = "beside" } },
            }
        );
        Assert.Equal("beside", reply.Json[0].GetProperty("contents").GetString());
    }

    [Fact]
    public async Task Entry_executes_a_command_but_answers_with_the_entry_itself()
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.DefineCommand("send-mail", static args => "sent to " + args["to"]);
        var entry = await scene.PostAsync("/entry", new { investigationId = "1", data = "!send-mail to=jane" });
        Assert.Equal("!send-mail to=jane", entry["contents"]);
        Assert.Equal(["!send-mail to=jane", "sent to jane"], scene.World.Entries("1").Select(static it => it.Contents));
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 400)]
    public async Task A_failed_command_is_an_entry_of_type_4_or_a_refusal(bool refused, int status)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { FailedCommandIsRefused = refused });
        var reply = await scene.PostAsync(
            "/entry/execute/sync",
            new { investigationId = "1", data = "!noSuchCommand" }
        );
        Assert.Equal(status, reply.Status);
        if (!refused)
            Assert.Equal(4, reply.Json[0].GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task A_formatted_entry_is_never_executed_and_a_mention_adds_a_participant()
    {
        await using var scene = await XsoarScene.StartAsync();
        foreach (var line in new[] { "!Print value=x", "/close", "@jane look" })
            await scene.PostAsync(
                "/entry/formatted",
                new
                {
                    investigationId = "1",
                    format = "markdown",
                    contents = line,
                }
            );
        Assert.Empty(scene.World.ExecutedCommands);
        await scene.PostAsync("/entry", new { investigationId = "1", data = "@jane look" });
        Assert.Contains(
            "jane",
            (await scene.PostAsync("/investigation/1", new { }))
                .Json.GetProperty("users")
                .EnumerateArray()
                .Select(static it => it.GetString())
        );
    }

    [Fact]
    public async Task Notes_are_created_and_unmarked_and_tags_are_replaced()
    {
        await using var scene = await XsoarScene.StartAsync();
        var note = await scene.PostAsync(
            "/entry/note",
            new
            {
                investigationId = "1",
                data = "!not run",
                markdown = true,
            }
        );
        Assert.Equal(("True", "markdown"), (note["note"], note["format"]));
        Assert.Empty(scene.World.ExecutedCommands);
        Assert.Equal(
            "False",
            (
                await scene.PostAsync(
                    "/entry/note",
                    new
                    {
                        id = note["id"],
                        version = "-1",
                        investigationId = "1",
                        data = "false",
                    }
                )
            )["note"]
        );

        await scene.PostAsync(
            "/entry/tags",
            new
            {
                id = note["id"],
                version = -1,
                investigationId = "1",
                tags = new[] { "a", "b" },
            }
        );
        var tagged = await scene.PostAsync(
            "/entry/tags",
            new
            {
                id = note["id"],
                version = -1,
                investigationId = "1",
                tags = new[] { "c" },
            }
        );
        Assert.Equal("""["c"]""", tagged["tags"]);
        Assert.Equal("4", tagged["version"]);
    }

    [Theory]
    [InlineData("6.14.0", false)]
    [InlineData("8.13.0", false)]
    [InlineData("6.14.0", true)]
    public async Task An_entry_is_marked_as_a_note_and_unmarked(string version, bool keepsVersion)
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { NotesKeepVersion = keepsVersion },
            version
        );
        var before = scene.World.AddEntry("1", "jane", "the host is off the net");
        var (modified, kind) = (before.Modified, (before.Category, before.Type, before.Contents));
        foreach (var (data, note, next) in new[] { ("true", true, "2"), ("false", false, "3") })
        {
            var marked = await scene.PostAsync(
                "/entry/note",
                new
                {
                    id = before.Id,
                    version = -1,
                    investigationId = "1",
                    data,
                }
            );
            Assert.Equal(200, marked.Status);
            Assert.Equal(
                (before.Id, note.ToString(), keepsVersion ? "1" : next),
                (marked["id"], marked["note"], marked["version"])
            );
            var notes = await scene.PostAsync("/investigation/1", new { categories = new[] { "notes" } });
            Assert.Equal(note, notes.Json.TryGetProperty("entries", out _));
        }
        var after = Assert.Single(scene.World.Entries("1"));
        Assert.Equal(kind, (after.Category, after.Type, after.Contents));
        Assert.Equal(keepsVersion, after.Modified == modified);
        Assert.Empty(after.History);
    }

    [Fact]
    public async Task A_mark_needs_an_existing_entry()
    {
        await using var scene = await XsoarScene.StartAsync();
        var body = new
        {
            id = "99@1",
            version = -1,
            investigationId = "1",
            data = "true",
        };
        Assert.Equal(400, (await scene.PostAsync("/entry/note", body)).Status);
        Assert.Empty(scene.World.Entries("1"));
    }

    [Fact]
    public async Task A_command_marks_entries_as_notes_too()
    {
        await using var scene = await XsoarScene.StartAsync();
        var ids = new[] { "one", "two" }.Select(text => scene.World.AddEntry("1", "jane", text).Id).ToArray();
        await RunAsync($"!markAsNote entryIDs={string.Join(',', ids)}");
        Assert.Equal([true, true], Marks());
        await RunAsync($"!markAsNote entryIDs={ids[0]} isNote=false");
        Assert.Equal([false, true], Marks());

        Task<Support.Reply> RunAsync(string data) =>
            scene.PostAsync("/entry/execute/sync", new { investigationId = "1", data });
        IEnumerable<bool> Marks() => scene.World.Entries("1").Take(2).Select(static it => it.Note);
    }

    [Fact]
    public async Task A_server_may_write_a_new_entry_instead_of_changing_one()
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { EditsMakeNewEntries = true });
        var entry = await scene.PostAsync("/entry", new { investigationId = "1", data = "first" });
        var second = await scene.PostAsync(
            "/entry",
            new
            {
                id = entry["id"],
                version = -1,
                investigationId = "1",
                data = "second",
            }
        );
        Assert.NotEqual(entry["id"], second["id"]);
        Assert.Equal(["first", "second"], scene.World.Entries("1").Select(static it => it.Contents));
    }

    [Fact]
    public async Task An_edited_entry_keeps_its_id_and_its_history()
    {
        await using var scene = await XsoarScene.StartAsync();
        var entry = await scene.PostAsync("/entry", new { investigationId = "1", data = "first" });
        var edited = await scene.PostAsync(
            "/entry",
            new
            {
                id = entry["id"],
                version = 1,
                investigationId = "1",
                data = "!second",
            }
        );
        Assert.Equal((entry["id"], "!second", "2"), (edited["id"], edited["contents"], edited["version"]));
        Assert.Equal("first", edited.Json.GetProperty("history")[0].GetProperty("contents").GetString());
        Assert.Empty(scene.World.ExecutedCommands);
    }

    [Fact]
    public async Task A_deleted_entry_is_found_by_its_category_only()
    {
        await using var scene = await XsoarScene.StartAsync();
        var entry = await scene.PostAsync("/entry", new { investigationId = "1", data = "gone" });
        Assert.Equal(
            "True",
            (await scene.PostAsync("/entry/delete/v2", new { id = entry["id"], deleteArtifact = false }))["deleted"]
        );
        Assert.False((await scene.PostAsync("/investigation/1", new { })).Json.TryGetProperty("entries", out _));
        Assert.Single(
            (await scene.PostAsync("/investigation/1", new { categories = new[] { "deleted" } }))
                .Json.GetProperty("entries")
                .EnumerateArray()
        );
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(500)]
    public async Task A_stale_version_is_a_conflict_and_minus_one_overrides(int status)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { VersionConflictStatus = status });
        var entry = await scene.PostAsync("/entry", new { investigationId = "1", data = "x" });
        await scene.PostAsync(
            "/entry/tags",
            new
            {
                id = entry["id"],
                version = 1,
                tags = new[] { "a" },
            }
        );
        foreach (
            var (path, body) in new (string, object)[]
            {
                (
                    "/entry/tags",
                    new
                    {
                        id = entry["id"],
                        version = 1,
                        tags = new[] { "b" },
                    }
                ),
                (
                    "/entry/note",
                    new
                    {
                        id = entry["id"],
                        version = 1,
                        data = "true",
                    }
                ),
                (
                    "/entry",
                    new
                    {
                        id = entry["id"],
                        version = 1,
                        data = "y",
                    }
                ),
                (
                    "/incident",
                    new
                    {
                        id = "1",
                        version = 99,
                        name = "x",
                    }
                ),
                ("/incident/close", new { id = "1", version = 99 }),
            }
        )
        {
            var refused = await scene.PostAsync(path, body);
            Assert.Equal(status, refused.Status);
            Assert.Contains("DB version", refused["detail"], StringComparison.Ordinal);
        }
        Assert.Equal(
            200,
            (
                await scene.PostAsync(
                    "/entry/tags",
                    new
                    {
                        id = entry["id"],
                        version = -1,
                        tags = new[] { "b" },
                    }
                )
            ).Status
        );
    }

    [Theory]
    [InlineData(ClosedAnswer.ErrorJson, "application/json")]
    [InlineData(ClosedAnswer.Empty, null)]
    [InlineData(ClosedAnswer.Text, "text/plain; charset=utf-8")]
    [InlineData(ClosedAnswer.Html, "text/html")]
    public async Task Nothing_is_written_into_a_closed_investigation(ClosedAnswer answer, string? contentType)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { ClosedAnswer = answer });
        var id = scene.World.AddEntry("1", "jane", "last words").Id;
        scene.World.Close("1");
        var replies = new[]
        {
            await scene.PostAsync("/entry", new { investigationId = "1", data = "x" }),
            await scene.PostAsync("/entry/execute/sync", new { investigationId = "1", data = "!Print value=x" }),
            await scene.PostAsync(
                "/entry/formatted",
                new
                {
                    investigationId = "1",
                    format = "text",
                    contents = "x",
                }
            ),
            await scene.PostAsync("/entry/note", new { investigationId = "1", data = "x" }),
            await scene.PostAsync(
                "/entry/tags",
                new
                {
                    id,
                    version = -1,
                    tags = new[] { "a" },
                }
            ),
            await scene.FormAsync("/entry/upload/1", ("file/a.txt", "abc"u8.ToArray())),
        };
        Assert.All(
            replies,
            it => Assert.Equal((412, contentType), (it.Status, it.Headers.GetValueOrDefault("Content-Type")))
        );
        Assert.Single(scene.World.Entries("1"));
    }

    [Fact]
    public async Task A_server_may_accept_formatted_entries_after_closing()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { FormattedEntriesIgnoreClosing = true }
        );
        scene.World.Close("1");
        Assert.Equal(
            200,
            (
                await scene.PostAsync(
                    "/entry/formatted",
                    new
                    {
                        investigationId = "1",
                        format = "text",
                        contents = "x",
                    }
                )
            ).Status
        );
        Assert.Equal(412, (await scene.PostAsync("/entry", new { investigationId = "1", data = "x" })).Status);
    }

    [Theory]
    [InlineData("6.14.0", EntryAuthor.KeyUser, "admin", "admin")]
    [InlineData("8.13.0", EntryAuthor.KeyUser, "XSOARPAPIUser_7", "admin@example.com")]
    [InlineData("8.13.0", EntryAuthor.CreatorEmail, "admin@example.com", "admin@example.com")]
    [InlineData("8.13.0", EntryAuthor.Nobody, "", "admin@example.com")]
    public async Task The_author_of_an_entry_is_one_of_three(
        string version,
        EntryAuthor author,
        string user,
        string createdBy
    )
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { EntryAuthor = author }, version);
        var entry = await scene.PostAsync(
            "/entry/formatted",
            new
            {
                investigationId = "1",
                format = "text",
                contents = "x",
            }
        );
        Assert.Equal((user, createdBy), (entry["user"], entry["dbotCreatedBy"]));
    }

    [Fact]
    public async Task Categories_of_written_entries_are_options()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { NoteCategory = "notes", UploadCategory = "attachments" },
            options: new SandboxOptions { FormattedEntryCategory = "" }
        );
        Assert.Equal(
            "",
            (
                await scene.PostAsync(
                    "/entry/formatted",
                    new
                    {
                        investigationId = "1",
                        format = "text",
                        contents = "x",
                    }
                )
            )["category"]
        );
        Assert.Equal(
            "notes",
            (await scene.PostAsync("/entry/note", new { investigationId = "1", data = "x" }))["category"]
        );
        Assert.Equal(
            "attachments",
            (await scene.FormAsync("/entry/upload/1", ("file/a.txt", "abc"u8.ToArray())))["category"]
        );
        Assert.Equal("chat", (await scene.PostAsync("/entry", new { investigationId = "1", data = "x" }))["category"]);
    }

    [Fact]
    public async Task Json_contents_come_as_json()
    {
        await using var scene = await XsoarScene.StartAsync();
        var users = (
            await scene.PostAsync("/entry/execute/sync", new { investigationId = "1", data = "!getUsers" })
        ).Json[0];
        Assert.Equal(JsonValueKind.Array, users.GetProperty("contents").ValueKind);
        Assert.Equal("json", users.GetProperty("format").GetString());
    }
}
