using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Tests.Program;

/// <summary>The program as people and scripts start it.</summary>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task A_script_gets_one_line_of_JSON_and_stops_the_program()
    {
        using var program = SandboxProcess.Start(
            "--json",
            "--port",
            "0",
            "--xsoar-port",
            "0",
            "--xsoar",
            "8",
            "--mattermost",
            "10"
        );
        var info = JsonDocument
            .Parse((await program.Output.ReadLineAsync(TestContext.Current.CancellationToken))!)
            .RootElement;
        Assert.Equal(
            ("10.0.0", "8.13.0", "panw", "7"),
            (
                Text(info, "mattermostVersion"),
                Text(info, "xsoarVersion"),
                Text(info, "team"),
                Text(info, "xsoarApiKeyId")
            )
        );
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + Text(info, "botToken"));
        var me = await http.GetStringAsync(
            new Uri(Text(info, "mattermostUri") + "api/v4/users/me"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("xsoarbot", me, StringComparison.Ordinal);

        if (OperatingSystem.IsWindows())
            return;
        await program.TerminateAsync();
        var (code, rest, errors) = await program.EndAsync();
        Assert.Equal((0, "", ""), (code, rest, errors));
    }

    [Fact]
    public async Task The_next_steps_are_printed_for_people()
    {
        using var program = SandboxProcess.Start("--port", "0", "--xsoar-port", "0");
        var text = "";
        while (await program.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text += line + "\n";
            if (line.Contains("Ctrl+C", StringComparison.Ordinal))
                break;
        }
        Assert.Matches(ConnectLine(), text);
        Assert.Contains("incidents 1, 2, 3", text, StringComparison.Ordinal);
        Assert.Contains("docs/sandbox.md", text, StringComparison.Ordinal);

        // The fault in the printed example is accepted.
        var shown = FaultLine().Match(text);
        using var http = new HttpClient();
        using var body = new StringContent(shown.Groups[2].Value, Encoding.UTF8, "application/x-www-form-urlencoded");
        var answer = await http.PostAsync(new Uri(shown.Groups[1].Value), body, TestContext.Current.CancellationToken);
        Assert.True(
            answer.IsSuccessStatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(0, "usage: dotnet run", "", "--help")]
    [InlineData(2, "", "--sed is not an option, did you mean --seed?", "--sed", "x")]
    [InlineData(2, "", "--help lists all options.", "--xsoar", "9")]
    public async Task It_ends_with_a_status_and_a_message(int code, string output, string errors, params string[] args)
    {
        using var program = SandboxProcess.Start(args);
        var ended = await program.EndAsync();
        Assert.Equal(code, ended.Code);
        Assert.Contains(output, ended.Output, StringComparison.Ordinal);
        Assert.Contains(errors, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_reported()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var program = SandboxProcess.Start(
            "--port",
            sandbox.MattermostUri.Port.ToString(CultureInfo.InvariantCulture),
            "--xsoar-port",
            "0"
        );
        var ended = await program.EndAsync();
        Assert.Equal(1, ended.Code);
        Assert.Contains("Choose other ports with --port", ended.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Connect-Mattermost -Uri http://127\.0\.0\.1:\d+/ -Team 'panw' ", RegexOptions.Multiline)]
    private static partial Regex ConnectLine();

    [GeneratedRegex(@"curl (\S+) -d '(.*)'")]
    private static partial Regex FaultLine();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
