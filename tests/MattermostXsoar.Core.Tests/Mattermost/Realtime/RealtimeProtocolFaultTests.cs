using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>A bad connection between a good server and the protocol: what it does must add up, whatever happens.</summary>
[Trait("Category", "Fault")]
public sealed class RealtimeProtocolFaultTests
{
    private const int Frames = 300;

    public static TheoryData<int> Seeds => TestSeed.Among(Enumerable.Range(1, 40));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Events_come_once_in_order_and_none_is_missing_without_a_gap_before_the_next(int seed)
    {
        var random = new Random(seed);
        var driver = new ProtocolDriver();
        var server = new ReliableServer(driver, random);
        server.Connect();
        while (server.Sent < Frames)
            server.Step();

        server.Finish();
        var last = 0L;
        var gap = false;
        foreach (var entry in driver.Log)
        {
            if (entry == "gap")
                gap = true;

            if (!entry.StartsWith("posted ", StringComparison.Ordinal))
                continue;

            var id = server.Delivered.Dequeue();
            Assert.True(id > last, $"seed {seed}: {id} after {last}");
            Assert.True(id == last + 1 || gap, $"seed {seed}: {last + 1} to {id - 1} missing without a gap");
            last = id;
            gap = false;
        }

        Assert.True(last == server.Sent || gap, $"seed {seed}: the end is missing without a gap");
        Assert.True(driver.Events.Count > Frames / 4, $"seed {seed}: only {driver.Events.Count} events arrived");
    }

    /// <summary>A server with reliable websockets: it numbers per connection, keeps some, resumes where it
    /// can.</summary>
    private sealed class ReliableServer(ProtocolDriver driver, Random random)
    {
        // The server keeps 128 (deadQueueSize in its web_conn.go); fewer here, so that they run out.
        private const int Kept = 12;
        private readonly List<(long Seq, long Id)> _kept = [];
        private string _name = "";
        private int _names;
        private long _seq;
        private bool _broken;

        public int Sent { get; private set; }

        /// <summary>Which posts the driver's events are.</summary>
        public Queue<long> Delivered { get; } = new();

        public void Step()
        {
            switch (random.Next(20))
            {
                case 0:
                    Deliver(Publish(), drop: true);
                    break;
                case 1:
                    var doubled = Publish();
                    Deliver(doubled);
                    Deliver(doubled);
                    break;
                case 2:
                    var first = Publish();
                    Deliver(Publish());
                    Deliver(first);
                    break;
                case 3:
                    Publish();
                    driver.Feed(ProtocolDriver.PostedFrame(_seq - 1)[..random.Next(1, 60)]);
                    Reconnect();
                    break;
                case 4:
                    Reconnect();
                    break;
                case 5:
                    // Cut off while people go on writing.
                    for (var missed = random.Next(Kept * 2); missed > 0; missed--)
                        Publish();

                    Reconnect();
                    break;
                case 6:
                    // The server was restarted and knows nobody.
                    _kept.Clear();
                    _name = "";
                    Reconnect();
                    break;
                default:
                    Deliver(Publish());
                    break;
            }

            if (_broken)
                Reconnect();
        }

        public void Connect()
        {
            driver.Open();
            Greet();
        }

        public void Finish()
        {
            // One more event shows whether the ones before it were lost.
            Deliver(Publish());
        }

        private void Reconnect()
        {
            _broken = false;
            var name = driver.Protocol.ConnectionId;
            var next = driver.Protocol.NextSequence;
            driver.Reopen();
            if (name.Length == 0 || name != _name || (next != _seq && _kept.All(kept => kept.Seq != next)))
            {
                Greet();
                return;
            }

            foreach (var kept in _kept.Where(kept => kept.Seq >= next).ToList())
                Deliver(kept);

            driver.Reply(2);
        }

        private void Greet()
        {
            _name = $"connection{++_names}";
            _kept.Clear();
            _seq = 1;
            driver.Hello(_name);
        }

        private (long Seq, long Id) Publish()
        {
            var frame = (_seq++, (long)++Sent);
            _kept.Add(frame);
            if (_kept.Count > Kept)
                _kept.RemoveAt(0);

            return frame;
        }

        private void Deliver((long Seq, long Id) frame, bool drop = false)
        {
            if (drop)
                return;

            var received = driver.Posted(frame.Seq);
            if (received.Event is not null)
                Delivered.Enqueue(frame.Id);

            _broken |= received.Failure is not null;
        }
    }
}
