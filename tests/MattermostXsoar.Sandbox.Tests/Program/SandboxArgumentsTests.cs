namespace MattermostXsoar.Sandbox.Tests.Program;

/// <summary>The program's arguments, and its messages about wrong ones.</summary>
public sealed class SandboxArgumentsTests
{
    [Fact]
    public void Without_options_it_uses_its_default_ports()
    {
        var options = SandboxArguments.Parse([]).Options;
        Assert.Equal(
            (8065, 8443, "11.6.0", "6.14.0", true, false),
            (
                options.MattermostPort,
                options.XsoarPort,
                options.MattermostVersion,
                options.XsoarVersion,
                options.ReliableWebSockets,
                options.GroupsLicensed
            )
        );
    }

    [Fact]
    public void All_options_are_accepted()
    {
        var arguments = SandboxArguments.Parse([
            "--port",
            "0",
            "--xsoar-port",
            "9000",
            "--mattermost",
            "10.5",
            "--xsoar",
            "8",
            "--license",
            "--shuffle",
            "--random-entry-ids",
            "--json",
        ]);
        var options = arguments.Options;
        Assert.Equal(
            (0, 9000, "10.5.0", "8.13.0"),
            (options.MattermostPort, options.XsoarPort, options.MattermostVersion, options.XsoarVersion)
        );
        Assert.True(options.GroupsLicensed && options.ShufflePublishing && options.RandomEntryIds && arguments.Json);
    }

    [Theory]
    [InlineData("6", "6.14.0")]
    [InlineData("8", "8.13.0")]
    [InlineData("6.10", "6.10.0")]
    [InlineData("8.9.1", "8.9.1")]
    public void A_version_of_xsoar_may_be_short(string written, string meant) =>
        Assert.Equal(meant, SandboxArguments.Parse(["--xsoar", written]).Options.XsoarVersion);

    [Theory]
    [InlineData(false, "--mattermost", "5.37.2")]
    [InlineData(true, "--mattermost", "6.0.0")]
    [InlineData(true, "--mattermost", "5.37.2", "--reliable")]
    [InlineData(true, "--reliable", "--mattermost", "5.37.2")]
    public void Websockets_resume_from_version_6_on_or_on_demand(bool expected, params string[] args) =>
        Assert.Equal(expected, SandboxArguments.Parse(args).Options.ReliableWebSockets);

    [Theory]
    [InlineData("--prot is not an option, did you mean --port?", "--prot", "1")]
    [InlineData("seed.json is not an option", "seed.json")]
    [InlineData("--port needs a port after it.", "--port")]
    [InlineData("--port needs a port after it.", "--port", "--json")]
    [InlineData("--port: \"http\" is not a port; use a number from 0 to 65535", "--port", "http")]
    [InlineData("--xsoar-port: \"70000\" is not a port", "--xsoar-port", "70000")]
    [InlineData("Both servers cannot have port 9000", "--port", "9000", "--xsoar-port", "9000")]
    [InlineData("--xsoar: \"7\" is not a known version of XSOAR; use 6, 8", "--xsoar", "7")]
    [InlineData("--xsoar: \"new\" is not a version; use one such as 6, 8 or 6.14.0.", "--xsoar", "new")]
    [InlineData("--mattermost: \"5.x\" is not a version", "--mattermost", "5.x")]
    [InlineData("The seed file cannot be read: ", "--seed", "no-such-file.json")]
    public void A_mistake_is_reported_with_the_correction(string message, params string[] args) =>
        Assert.StartsWith(
            message,
            Assert.Throws<UsageException>(() => SandboxArguments.Parse(args)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_option_is_in_the_help()
    {
        foreach (
            var option in new[]
            {
                "--seed FILE",
                "--port N",
                "--xsoar-port N",
                "--mattermost VERSION",
                "--xsoar VERSION",
                "--license",
                "--reliable",
                "--shuffle",
                "--random-entry-ids",
                "--json",
                "--help",
            }
        )
            Assert.Contains("  " + option, SandboxArguments.Usage, StringComparison.Ordinal);
    }
}
