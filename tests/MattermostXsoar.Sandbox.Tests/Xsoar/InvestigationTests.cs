using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

public sealed class InvestigationTests
{
    [Theory]
    [InlineData(EmptyEntries.Absent, null)]
    [InlineData(EmptyEntries.Null, JsonValueKind.Null)]
    [InlineData(EmptyEntries.List, JsonValueKind.Array)]
    public async Task No_entries_are_written_in_one_of_three_ways(EmptyEntries how, JsonValueKind? kind)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { EmptyEntries = how });
        var reply = await scene.PostAsync("/investigation/1", new { });
        Assert.Equal(kind, reply.Json.TryGetProperty("entries", out var entries) ? entries.ValueKind : null);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"pageSize":"ten"}""")]
    [InlineData("""{"categories":"chats"}""")]
    [InlineData("""{"tags":true}""")]
    [InlineData("""{"fromTime":1700000000}""")]
    [InlineData("""{"FROMTIME":"yesterday"}""")]
    public async Task A_body_of_the_wrong_type_is_refused(string body)
    {
        await using var scene = await XsoarScene.StartAsync();
        Assert.Equal(400, (await scene.PostAsync("/investigation/1", body)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"pageSize":null,"categories":null,"fromTime":"","unknown":1}""")]
    public async Task A_body_without_conditions_gets_all_entries(string? body)
    {
        await using var scene = await XsoarScene.StartAsync();
        Fill(scene, 2);
        Assert.Equal("1,2", Lines(await scene.PostAsync("/investigation/1", body)));
    }

    [Theory]
    [InlineData(WarRoomOrder.Ascending, WarRoomPageCut.NewestKept, "5,6,7")]
    [InlineData(WarRoomOrder.Descending, WarRoomPageCut.NewestKept, "7,6,5")]
    [InlineData(WarRoomOrder.Descending, WarRoomPageCut.OldestKept, "3,2,1")]
    public async Task Entries_come_in_the_chosen_order(WarRoomOrder order, WarRoomPageCut cut, string lines)
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { EntryOrdering = order },
            options: new SandboxOptions { WarRoomPageCut = cut }
        );
        Fill(scene, 7);
        Assert.Equal(lines, Lines(await scene.PostAsync("/investigation/1", new { pageSize = 3 })));
    }

    [Fact]
    public async Task Mixed_order_is_stable_but_not_by_time()
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { EntryOrdering = WarRoomOrder.Mixed });
        Fill(scene, 30);
        var first = Lines(await scene.PostAsync("/investigation/1", new { pageSize = 100 }));
        Assert.Equal(first, Lines(await scene.PostAsync("/investigation/1", new { pageSize = 100 })));
        var numbers = first.Split(',').Select(int.Parse).ToList();
        Assert.Equal(Enumerable.Range(1, 30), numbers.Order());
        Assert.NotEqual(numbers.Order(), numbers);
    }

    [Theory]
    [InlineData(false, "3,4,5")]
    [InlineData(true, "4,5")]
    public async Task From_time_includes_or_excludes_an_entry_of_exactly_that_time(bool exclusive, string lines)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { FromTimeIsExclusive = exclusive });
        Fill(scene, 5);
        var time = (await scene.PostAsync("/investigation/1", new { pageSize = 100 }))
            .Json.GetProperty("entries")[2]
            .GetProperty("created")
            .GetString();
        Assert.Equal(lines, Lines(await scene.PostAsync("/investigation/1", new { fromTime = time, pageSize = 100 })));
    }

    [Theory]
    [InlineData("""{"lastId":"4@1"}""", "1,2,3,4")]
    [InlineData("""{"lastID":"4@1"}""", "1,2,3,4")]
    [InlineData("""{"firstID":"4@1"}""", "4,5,6,7,8,9")]
    [InlineData("""{"firstId":"4@1","lastId":"6@1"}""", "4,5,6")]
    [InlineData("""{"selectedEntryID":"5@1","pageSize":3}""", "4,5,6")]
    public async Task Positions_limit_what_is_read(string body, string lines)
    {
        await using var scene = await XsoarScene.StartAsync();
        Fill(scene, 9);
        Assert.Equal(lines, Lines(await scene.PostAsync("/investigation/1", body)));
        await using var deaf = await XsoarScene.StartAsync(new XsoarBehaviour { HonoursEntryPositions = false });
        Fill(deaf, 9);
        Assert.EndsWith("7,8,9", Lines(await deaf.PostAsync("/investigation/1", body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_number_is_ignored()
    {
        await using var scene = await XsoarScene.StartAsync();
        Fill(scene, 5);
        Assert.Equal("4,5", Lines(await scene.PostAsync("/investigation/1", new { pageSize = 2, page = 1 })));
    }

    [Fact]
    public async Task Entries_of_users_are_filtered()
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.AddEntry("1", "jane", "1");
        scene.World.AddEntry("1", "joe", "2");
        Assert.Equal("2", Lines(await scene.PostAsync("/investigation/1", new { users = new[] { "joe" } })));
    }

    [Fact]
    public async Task An_unknown_investigation_is_an_error_or_is_created()
    {
        await using var scene = await XsoarScene.StartAsync();
        Assert.Equal(
            (400, "noInv"),
            (
                (await scene.PostAsync("/investigation/4711", new { })).Status,
                (await scene.PostAsync("/investigation/4711", new { }))["id"]
            )
        );

        await using var xsiam = await XsoarScene.StartAsync(
            new XsoarBehaviour { UnknownInvestigationMakesShell = true },
            "8.13.0"
        );
        var shell = await xsiam.PostAsync("/investigation/INCIDENT-4711", new { });
        Assert.Equal((200, "INCIDENT-4711", ""), (shell.Status, shell["id"], shell["name"]));
        Assert.Equal(
            200,
            (
                await xsiam.PostAsync(
                    "/entry/formatted",
                    new
                    {
                        investigationId = "INCIDENT-4711",
                        format = "text",
                        contents = "lost",
                    }
                )
            ).Status
        );
        Assert.Equal(400, (await xsiam.GetAsync("/incident/load/INCIDENT-4711")).Status);
        Assert.Equal(
            3,
            (await xsiam.PostAsync("/incidents/search", new { filter = new { size = 10 } }))
                .Json.GetProperty("total")
                .GetInt32()
        );
    }

    [Theory]
    [InlineData(FilterForm.Either, 1, 1)]
    [InlineData(FilterForm.Bare, 1, 3)]
    [InlineData(FilterForm.Wrapped, 3, 1)]
    public async Task A_search_reads_its_filter_bare_or_wrapped(FilterForm form, int bare, int wrapped)
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { InvestigationFilterForm = form, SizeWhenMissing = 50 }
        );
        Assert.Equal(
            bare,
            (await scene.PostAsync("/investigations/search", new { id = new[] { "2" }, size = 10 }))
                .Json.GetProperty("total")
                .GetInt32()
        );
        Assert.Equal(
            wrapped,
            (await scene.PostAsync("/investigations/search", new { filter = new { id = new[] { "2" }, size = 10 } }))
                .Json.GetProperty("total")
                .GetInt32()
        );
    }

    [Theory]
    [InlineData("""{"size":10}""", 3)]
    [InlineData("""{"size":10,"type":[9]}""", 1)]
    [InlineData("""{"size":10,"type":[0,9]}""", 4)]
    [InlineData("""{"size":10,"status":[1]}""", 1)]
    [InlineData("""{"size":10,"notIDs":["1"]}""", 2)]
    [InlineData("""{"size":10,"name":["Phishing mail"]}""", 1)]
    [InlineData("""{"size":10,"fromCloseDate":"2001-01-01T00:00:00Z"}""", 1)]
    [InlineData("""{"size":10,"user":["jane"]}""", 1)]
    public async Task A_search_finds_by(string filter, int count)
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.AddEntry("1", "jane", "x");
        scene.World.Close("2");
        Assert.Equal(
            count,
            (await scene.PostAsync("/investigations/search", filter)).Json.GetProperty("total").GetInt32()
        );
    }

    [Fact]
    public async Task Ids_alone_are_returned_on_request()
    {
        await using var scene = await XsoarScene.StartAsync();
        var found = (
            await scene.PostAsync(
                "/investigations/search",
                new
                {
                    id = new[] { "2" },
                    size = 10,
                    idsOnly = true,
                }
            )
        ).Json.GetProperty("data")[0];
        Assert.Equal("""{"id":"2"}""", found.GetRawText());
    }

    private static void Fill(XsoarScene scene, int count)
    {
        for (var i = 1; i <= count; i++)
            scene.World.AddEntry("1", "jane", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Lines(Reply reply) =>
        string.Join(
            ",",
            reply
                .Json.GetProperty("entries")
                .EnumerateArray()
                .Select(static it => it.GetProperty("contents").GetString())
        );
}
