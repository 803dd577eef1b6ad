using System.Globalization;

namespace MattermostXsoar.Sandbox;

/// <summary>The program's arguments.</summary>
internal sealed record SandboxArguments
{
    public const string Usage = """
        usage: dotnet run --project src/MattermostXsoar.Sandbox -- [options]

          --seed FILE           the initial team, people, channels, groups and incidents, in JSON
          --port N              port of the Mattermost server, of the page and of /sandbox (8065; 0: a free one)
          --xsoar-port N        port of the XSOAR server (8443; 0: a free one)
          --mattermost VERSION  version of Mattermost, such as 5.37.0 or 10 (11.6.0); from 6 on websockets can resume
          --xsoar VERSION       version of XSOAR: 6, 8 or in full such as 6.14.0 (6.14.0)
          --history-limit N     only the newest N posts of people are accessible, as in a free edition
          --image-proxy         addresses of images in messages are replaced by the server's own
          --license             licensed for user groups
          --reliable            websockets can resume, whatever the version
          --shuffle             publish concurrent posts out of order, as a real server does
          --random-entry-ids    ids of War Room entries are random instead of sequential
          --json                print addresses and tokens as one line of JSON, for scripts
          --help                print this

        docs/sandbox.md describes all options and faults.
        """;

    private static readonly string[] Names =
    [
        "--seed",
        "--port",
        "--xsoar-port",
        "--mattermost",
        "--xsoar",
        "--history-limit",
        "--image-proxy",
        "--license",
        "--reliable",
        "--shuffle",
        "--random-entry-ids",
        "--json",
        "--help",
    ];

    public required SandboxOptions Options { get; init; }

    /// <summary>Whether the output is JSON, for scripts.</summary>
    public bool Json { get; init; }

    public bool Help { get; init; }

    /// <exception cref="UsageException">An option is unknown, lacks its value or has a wrong one.</exception>
    public static SandboxArguments Parse(IReadOnlyList<string> args)
    {
        // The program keeps fewer calls and posts than a test does, so that it can run for weeks.
        var options = new SandboxOptions
        {
            MattermostPort = 8065,
            XsoarPort = 8443,
            CallCapacity = 10_000,
            CallBodyCapacity = 16 * 1024 * 1024,
            PostCapacity = 20_000,
        };
        var result = new SandboxArguments { Options = options };
        bool? reliable = null;
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            string Value(string what) =>
                ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                    ? args[i]
                    : throw new UsageException($"{name} needs {what} after it.");
            switch (name)
            {
                case "--help" or "-h" or "-?" or "/?":
                    return result with { Help = true };
                case "--json":
                    result = result with { Json = true };
                    break;
                case "--seed":
                    options = options with { Seed = SeedFile.Read(Value("the path of a JSON file")) };
                    break;
                case "--port":
                    options = options with { MattermostPort = Port(name, Value("a port")) };
                    break;
                case "--xsoar-port":
                    options = options with { XsoarPort = Port(name, Value("a port")) };
                    break;
                case "--mattermost":
                    options = options with
                    {
                        MattermostVersion = FullVersion(name, Value("a version"), "5.37.0 or 10"),
                    };
                    break;
                case "--xsoar":
                    options = options with { XsoarVersion = XsoarVersion(name, Value("a version")) };
                    break;
                case "--history-limit":
                    options = options with { HistoryLimit = Count(name, Value("a number of posts")) };
                    break;
                case "--image-proxy":
                    options = options with { ImageProxy = true };
                    break;
                case "--license":
                    options = options with { GroupsLicensed = true };
                    break;
                case "--reliable":
                    reliable = true;
                    break;
                case "--shuffle":
                    options = options with { ShufflePublishing = true };
                    break;
                case "--random-entry-ids":
                    options = options with { RandomEntryIds = true };
                    break;
                default:
                    throw new UsageException($"{name} is not an option{NearMiss.Hint(name, Names)}");
            }
        }
        if (options.MattermostPort != 0 && options.MattermostPort == options.XsoarPort)
            throw new UsageException(
                $"Both servers cannot have port {options.XsoarPort}; give --port and --xsoar-port different ones, or 0."
            );
        var isNew = Version.Parse(options.MattermostVersion).Major >= 6;
        return result with { Options = options with { ReliableWebSockets = reliable ?? isNew } };
    }

    private static int Port(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new UsageException(
                $"{name}: \"{value}\" is not a port; use a number from 0 to 65535, where 0 chooses a free one."
            );

    private static int Count(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new UsageException($"{name}: \"{value}\" is not a number of posts; use one such as 10000.");

    private static string XsoarVersion(string name, string value)
    {
        var version = value switch
        {
            "6" => "6.14.0",
            "8" => "8.13.0",
            _ => FullVersion(name, value, "6, 8 or 6.14.0"),
        };
        return Version.Parse(version).Major is 6 or 8
            ? version
            : throw new UsageException(
                $"{name}: \"{value}\" is not a known version of XSOAR; use 6, 8 or a full version such as 6.14.0."
            );
    }

    private static string FullVersion(string name, string value, string examples)
    {
        var parts = value.Split('.');
        if (
            parts.Length > 3
            || !parts.All(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        )
            throw new UsageException($"{name}: \"{value}\" is not a version; use one such as {examples}.");
        return string.Join('.', parts.Concat(Enumerable.Repeat("0", 3 - parts.Length)));
    }
}
