using System.Text.Json.Nodes;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.State;
using MattermostXsoar.Core.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>Which War Rooms one search has read, by a clock that the test moves.</summary>
public sealed class InvestigationPollerTests : IAsyncDisposable
{
    private static readonly TimeSpan Sweep = TestMirror.Options.Sweep;

    private readonly WaitingTime _time = new(TestMirror.Start);
    private readonly TestMirror _mirror;
    private readonly LoopbackServer _server;
    private readonly XsoarClient _client;
    private readonly XsoarAccess _xsoar;
    private readonly List<PolledMirror> _mirrors = [];
    private readonly InvestigationPoller _poller;

    // What the search finds: the versions by the investigations' ids.
    private readonly Dictionary<string, int> _incidents = new(StringComparer.Ordinal);
    private readonly Queue<LoopbackAnswer> _failures = new();
    private Action _onSearch = () => { };

    public InvestigationPollerTests()
    {
        _mirror = new TestMirror(_time);
        _server = new LoopbackServer(Answer);
        _client = TestClients.Xsoar(_server.Uri);
        Know("Reliable");
        _xsoar = new XsoarAccess { Configured = _client, LinkTo = _ => _server.Uri };
        _poller = new InvestigationPoller(_xsoar, _mirror.Store, _mirror.Runtime, () => _mirrors);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<LoopbackRequest> Searches =>
        _server.Requests.Where(request => request.Target.EndsWith("/incidents/search", StringComparison.Ordinal));

    private IEnumerable<string> Asked => [.. _mirrors.Where(mirror => mirror.IsAsked()).Select(IdOf)];

    public async ValueTask DisposeAsync()
    {
        _mirror.Dispose();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task At_the_first_search_every_War_Room_is_read_and_then_those_that_changed()
    {
        Mirror("1", "2", "3");
        await PollAsync();
        Assert.Equal(["1", "2", "3"], Asked);
        await PollAsync();
        Assert.Empty(Asked);
        _incidents["2"]++;
        await PollAsync();
        Assert.Equal(["2"], Asked);
        await PollAsync();
        Assert.Empty(Asked);
        Assert.Equal(4, Searches.Count());
        Assert.Equal(_time.GetUtcNow(), _poller.LastPollAt);
    }

    [Fact]
    public async Task Each_mirror_is_notified_how_the_search_shows_its_investigation()
    {
        Mirror("1", "2");
        _incidents.Remove("2");
        await PollAsync();
        Assert.Equal("1", Assert.Single(_mirrors[0].Shown)?.Id);
        Assert.Null(Assert.Single(_mirrors[1].Shown));
        Assert.Equal(["1"], Asked);
        _incidents["2"] = 7;
        await PollAsync();
        Assert.Equal(7, _mirrors[1].Shown[1]?.Version);
        Assert.Equal(["2"], Asked);
    }

    [Fact]
    public async Task A_mirror_without_the_direction_to_the_chat_is_notified_and_not_read()
    {
        Mirror(MirrorDirection.ToDemisto, "1");
        await PollAsync();
        _time.Advance(2 * Sweep);
        await PollAsync();
        Assert.Equal(2, _mirrors[0].Shown.Count);
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task Mirrors_of_one_investigation_are_searched_for_once_and_each_is_read()
    {
        Mirror("1", "1");
        await PollAsync();
        Assert.Equal(["1"], IdsOf(Assert.Single(Searches)));
        Assert.Equal(["1", "1"], Asked);
    }

    [Fact]
    public async Task More_investigations_than_the_server_finds_at_once_take_further_searches()
    {
        var ids = Enumerable.Range(0, 1001).Select(i => $"{i}").ToArray();
        Mirror(ids);
        await PollAsync();
        Assert.Equal([1000, 1], Searches.Select(search => IdsOf(search).Count));
        Assert.Equal(ids, Searches.SelectMany(IdsOf));
        Assert.Equal(ids, Asked);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public async Task A_War_Room_that_shows_no_change_is_read_now_and_then(int seconds, bool isRead)
    {
        Mirror("1");
        await PollAsync();
        Assert.Equal(["1"], Asked);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await PollAsync();
        Assert.Equal(isRead ? ["1"] : [], Asked);
    }

    [Fact]
    public async Task War_Rooms_that_are_overdue_together_are_not_read_all_at_once_and_the_longest_waiting_comes_first()
    {
        var ids = Enumerable.Range(0, 30).Select(i => $"{i}").ToArray();
        Mirror(ids);
        await PollAsync();
        Assert.Equal(30, Asked.Count());
        _time.Advance(TimeSpan.FromSeconds(30));
        // The first ten are read once more, at a sign of change.
        foreach (var id in ids[..10])
            _incidents[id]++;
        await PollAsync();
        Assert.Equal(ids[..10], Asked);
        _time.Advance(TimeSpan.FromSeconds(60));
        await PollAsync();
        var first = Asked.ToList();
        Assert.Equal(20, first.Count);
        Assert.Equal(ids[10..], first);
        await PollAsync();
        Assert.Empty(Asked);
        // Thirty in a minute is one in two seconds.
        _time.Advance(TimeSpan.FromSeconds(2));
        await PollAsync();
        Assert.Equal(["0"], Asked);
    }

    [Fact]
    public async Task A_search_that_did_not_show_what_a_reading_found_is_not_relied_on_any_more()
    {
        Mirror("1", "2");
        await ReadAsync();
        _time.Advance(Sweep);
        await PollAsync();
        Assert.Equal(["1", "2"], Asked);
        // The reading without a sign of change finds something, and the next search shows no change.
        await ReadWarRoomsAsync();
        _poller.NoteFound(_mirrors[0]);
        await PollAsync();
        Assert.Empty(Asked);
        for (var i = 0; i < 3; i++)
        {
            await PollAsync();
            Assert.Equal(["1", "2"], Asked);
        }

        Assert.Single(
            _mirror.Log.Records,
            record => record.Event == ListenerLogEvents.IncidentSearchUnreliable && record.InvestigationId == "1"
        );
    }

    [Fact]
    public async Task A_search_that_shows_the_change_late_is_still_relied_on()
    {
        Mirror("1");
        await ReadAsync();
        _time.Advance(Sweep);
        await PollAsync();
        Assert.Equal(["1"], Asked);
        await ReadWarRoomsAsync();
        _poller.NoteFound(_mirrors[0]);
        _incidents["1"]++;
        await PollAsync();
        Assert.Equal(["1"], Asked);
        await PollAsync();
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task What_a_reading_finds_that_goes_on_since_a_sign_of_change_proves_nothing()
    {
        Mirror("1");
        await PollAsync();
        Assert.Equal(["1"], Asked);
        // The reading at the first sign has not ended when the next one is due.
        _time.Advance(Sweep);
        await PollAsync();
        Assert.Equal(["1"], Asked);
        _poller.NoteFound(_mirrors[0]);
        await PollAsync();
        await PollAsync();
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task Where_the_search_is_not_relied_on_at_most_twenty_War_Rooms_are_read_at_once_in_turn()
    {
        var ids = Enumerable.Range(0, 30).Select(i => $"{i}").ToArray();
        Mirror(ids);
        await ReadAsync();
        _time.Advance(Sweep);
        await PollAsync();
        var swept = Asked.ToList();
        await ReadWarRoomsAsync();
        _poller.NoteFound(_mirrors.First(mirror => IdOf(mirror) == swept[0]));
        await PollAsync();
        Assert.Empty(Asked);
        await PollAsync();
        var first = Asked.ToList();
        Assert.Equal(20, first.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        await PollAsync();
        var second = Asked.ToList();
        Assert.Equal(20, second.Count);
        Assert.Equal(ids.Order(), first.Union(second).Order());
    }

    [Fact]
    public async Task While_nothing_is_known_of_the_search_a_War_Room_is_read_every_two_seconds_in_turn()
    {
        Know("Unknown");
        var poller = NewPoller();
        Mirror("1", "2", "3");
        await poller.PollAsync(Token).InTime();
        Assert.Equal(["1", "2", "3"], Asked);
        _time.Advance(TimeSpan.FromSeconds(2));
        await poller.PollAsync(Token).InTime();
        Assert.Equal(["1"], Asked);
        _time.Advance(TimeSpan.FromSeconds(5));
        await poller.PollAsync(Token).InTime();
        Assert.Equal(["2", "3"], Asked);
    }

    [Fact]
    public async Task With_more_than_twenty_mirrors_no_War_Room_is_read_only_to_find_that_out()
    {
        Know("Unknown");
        var poller = NewPoller();
        Mirror([.. Enumerable.Range(0, 21).Select(i => $"{i}")]);
        await poller.PollAsync(Token).InTime();
        Assert.Equal(21, Asked.Count());
        _time.Advance(TimeSpan.FromSeconds(5));
        await poller.PollAsync(Token).InTime();
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task After_three_entries_that_the_search_showed_it_is_relied_on_also_by_the_next_listener()
    {
        Know("Unknown");
        var poller = NewPoller();
        Mirror("1");
        await poller.PollAsync(Token).InTime();
        for (var i = 0; i < 3; i++)
        {
            await ReadWarRoomsAsync();
            _incidents["1"]++;
            await poller.PollAsync(Token).InTime();
            poller.NoteFound(_mirrors[0]);
        }

        await ReadWarRoomsAsync();
        await poller.PollAsync(Token).InTime();
        Assert.Equal(SearchReliability.Reliable, KnownOf(_client.BaseUri));
        // Of this server, for a week.
        Assert.Equal(SearchReliability.Unknown, KnownOf(new Uri("http://127.0.0.1:1/")));
        _time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(SearchReliability.Unknown, KnownOf(_client.BaseUri));
    }

    [Fact]
    public async Task A_listener_that_starts_again_knows_that_the_search_shows_no_new_entries()
    {
        Know("Unreliable");
        var poller = NewPoller();
        Mirror("1", "2");
        for (var i = 0; i < 3; i++)
        {
            await poller.PollAsync(Token).InTime();
            Assert.Equal(["1", "2"], Asked);
        }
    }

    [Fact]
    public async Task A_War_Room_that_is_overdue_is_read_at_once_where_nothing_else_was_read()
    {
        Mirror("1");
        await PollAsync();
        Assert.Equal(["1"], Asked);
        for (var second = 0; second < 59; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await PollAsync();
        }

        Assert.Empty(Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        await PollAsync();
        Assert.Equal(["1"], Asked);
    }

    [Fact]
    public async Task A_failed_search_is_shown_by_every_mirror_and_logged_once_until_one_is_answered()
    {
        Mirror("1", "2");
        _failures.Enqueue(LoopbackAnswer.Html());
        _failures.Enqueue(LoopbackAnswer.Html());
        using var stopping = new CancellationTokenSource();
        var running = _poller.RunAsync(stopping.Token);
        foreach (var expected in new[] { 0.75, 1.5 })
        {
            var wait = await _time.NextWaitAsync(Token).InTime();
            Assert.Equal(expected, wait.TotalSeconds);
            Assert.All(_mirrors, mirror => Assert.Contains("web page", mirror.Health.CurrentIssue, Ordinal));
            Assert.Null(_poller.LastPollAt);
            _time.Advance(wait);
        }

        // The first reading is a sign that something happens.
        Assert.Equal(TestMirror.Options.ActivePoll, await _time.NextWaitAsync(Token).InTime());
        Assert.All(_mirrors, mirror => Assert.Null(mirror.Health.CurrentIssue));
        Assert.Equal(["1", "2"], Asked);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        Assert.Single(
            _mirror.Log.Records,
            record => record is { Event: ListenerLogEvents.IncidentSearchFailed, Level: > ListenerLogLevel.Verbose }
        );
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task While_entries_for_the_chat_keep_coming_the_searches_follow_each_other_sooner()
    {
        Mirror("1");
        using var stopping = new CancellationTokenSource();
        var running = _poller.RunAsync(stopping.Token);
        var options = TestMirror.Options;
        Assert.Equal(options.ActivePoll, await _time.NextWaitAsync(Token).InTime());

        for (var i = 0; i < 2; i++)
        {
            // Found by the reading, 50 ms after the search: the next search comes as soon as entries may follow.
            _time.Advance(TimeSpan.FromMilliseconds(50));
            _poller.NoteFound(_mirrors[0], recorded: 1);
            var rest = await _time.NextWaitAsync(Token).InTime();
            Assert.Equal(options.BusyPoll - TimeSpan.FromMilliseconds(50), rest);
            _time.Advance(rest);
            Assert.Equal(options.ActivePoll, await _time.NextWaitAsync(Token).InTime());
        }

        Assert.Equal(3, Searches.Count());
        // Entries that came from the chat are no such sign.
        _poller.NoteFound(_mirrors[0]);
        _time.Advance(options.ActivePoll - TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, Searches.Count());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(options.ActivePoll, await _time.NextWaitAsync(Token).InTime());
        Assert.Equal(4, Searches.Count());
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
    }

    [Fact]
    public async Task A_search_that_takes_long_is_followed_by_a_pause_four_times_as_long_even_while_entries_keep_coming()
    {
        Mirror("1");
        _onSearch = () => _time.Advance(TimeSpan.FromMilliseconds(60));
        using var stopping = new CancellationTokenSource();
        var running = _poller.RunAsync(stopping.Token);
        await WaitForAsync(TestMirror.Options.ActivePoll);
        _poller.NoteFound(_mirrors[0], recorded: 1);
        await WaitForAsync(TimeSpan.FromMilliseconds(240));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
    }

    // The clock moves during a search too, so that calls have time limits that are reported as waits.
    private async Task WaitForAsync(TimeSpan expected)
    {
        while (await _time.NextWaitAsync(Token).InTime() != expected) { }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string IdOf(PolledMirror mirror) => mirror.Mirror.InvestigationId;

    private static List<string> IdsOf(LoopbackRequest search) =>
        [.. JsonNode.Parse(search.Body)!["filter"]!["id"]!.AsArray().Select(id => id!.GetValue<string>())];

    private void Mirror(params string[] ids) => Mirror(MirrorDirection.Both, ids);

    private void Mirror(MirrorDirection direction, params string[] ids)
    {
        foreach (var id in ids)
        {
            _incidents[id] = 1;
            var record = StateStoreTests.Mirror() with
            {
                Id = 1000 + _mirrors.Count,
                InvestigationId = id,
                Direction = direction,
            };
            _mirrors.Add(new PolledMirror(_xsoar, _mirror.Store, _mirror.Runtime, record));
        }
    }

    // What an earlier listener found out.
    private void Know(string search) =>
        _mirror
            .Store.KeepAsync(
                "incident-search",
                $"{search} {_time.GetUtcNow().ToUnixTimeSeconds()} {_client.BaseUri.AbsoluteUri}"
            )
            .GetAwaiter()
            .GetResult();

    private SearchReliability KnownOf(Uri server) => new SearchKnowledge(_mirror.Store, _time, server).Current;

    private InvestigationPoller NewPoller() => new(_xsoar, _mirror.Store, _mirror.Runtime, () => _mirrors);

    private Task PollAsync() => _poller.PollAsync(Token).InTime();

    // The first search, and the readings that it calls for: what comes later begins with no reading under way.
    private async Task ReadAsync()
    {
        await PollAsync();
        await ReadWarRoomsAsync();
        Assert.Equal(_mirrors.Count, Asked.Count());
    }

    private async Task ReadWarRoomsAsync()
    {
        foreach (var mirror in _mirrors)
            await mirror.WarRoom.ReadAsync(Token).InTime();
    }

    private LoopbackAnswer Answer(LoopbackRequest request)
    {
        if (!request.Target.EndsWith("/incidents/search", StringComparison.Ordinal))
            return LoopbackAnswer.Json("""{"id":"1","entries":[]}""");
        _onSearch();
        if (_failures.TryDequeue(out var failure))
            return failure;
        var data = new JsonArray();
        foreach (var id in IdsOf(request).Where(_incidents.ContainsKey))
        {
            data.Add(
                new JsonObject
                {
                    ["id"] = id,
                    ["version"] = _incidents[id],
                    ["modified"] = "2026-03-01T12:00:00Z",
                }
            );
        }

        return LoopbackAnswer.Json(new JsonObject { ["total"] = data.Count, ["data"] = data }.ToJsonString());
    }
}
