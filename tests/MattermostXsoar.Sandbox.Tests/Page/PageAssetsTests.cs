using System.Net;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Tests.Page;

public sealed partial class PageAssetsTests
{
    [Fact]
    public async Task The_page_and_all_its_files_exist_and_come_from_the_sandbox()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new HttpClient { BaseAddress = sandbox.MattermostUri };
        var seen = new HashSet<string>();
        var open = new Queue<string>(["/"]);
        while (open.TryDequeue(out var path))
        {
            using var answer = await client.GetAsync(
                new Uri(path, UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith(
                "default-src 'none'; script-src 'self'; style-src 'self';",
                policy,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(
                Address().Matches(text),
                static it => !it.Value.StartsWith("http://www.w3.org/", StringComparison.Ordinal)
            );
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            foreach (Match name in Reference().Matches(text))
            {
                var target = name.Groups[1].Value.StartsWith("./", StringComparison.Ordinal)
                    ? "/sandbox/page/" + name.Groups[1].Value[2..]
                    : name.Groups[1].Value;
                if (seen.Add(target))
                    open.Enqueue(target);
            }
        }
        Assert.Contains("/sandbox/page/gutter.js", seen);
        Assert.Contains("/sandbox/page/base.css", seen);
        Assert.Empty(sandbox.Calls);
    }

    [Fact]
    public async Task A_refused_action_of_the_page_has_a_reason()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new HttpClient { BaseAddress = sandbox.MattermostUri };
        var post = sandbox.Mattermost.Post("user1", "test", "mine");
        foreach (
            var (path, body, why) in new[]
            {
                ("posts", """{"user":"user1","channel":"test","text":"  "}""", "An empty text cannot be sent."),
                ("posts", """{"channel":"test","text":"x"}""", "\"user\" is missing."),
                ("posts/edit", $$"""{"user":"user2","id":"{{post.Id}}","text":"x"}""", "This post is not user2's."),
                (
                    "entries",
                    """{"incident":"1","user":"DBot","kind":"table","text":"no"}""",
                    "A table is a JSON list of objects"
                ),
                (
                    "entries",
                    """{"incident":"77","user":"DBot","kind":"chat","text":"x"}""",
                    "Could not find investigation 77"
                ),
                ("incidents", "not json", "\"name\" is missing."),
            }
        )
        {
            using var content = new StringContent(body);
            using var answer = await client.PostAsync(
                new Uri("/sandbox/page/" + path, UriKind.Relative),
                content,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(
                why,
                System
                    .Text.Json.JsonDocument.Parse(
                        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
                    )
                    .RootElement.GetProperty("message")
                    .GetString(),
                StringComparison.Ordinal
            );
        }
        Assert.Equal("mine", Assert.Single(sandbox.Mattermost.Messages("test")).Message);
    }

    [GeneratedRegex("https?://[a-z][^\\s\"'`)]*")]
    private static partial Regex Address();

    [GeneratedRegex("(?:href=\"|src=\"|from '|import ')((?:/sandbox/page/|\\./)[\\w.]+)")]
    private static partial Regex Reference();
}
