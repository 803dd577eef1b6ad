using MattermostXsoar.Sandbox.Tests.Conformance.Newer;
using MattermostXsoar.Sandbox.Tests.Conformance.NewerSockets;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance;

public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string Document = "docs/sandbox-conformance.md";

    /// <summary>The sections of the document, in its order.</summary>
    private static readonly IConformanceSource[] Sources =
    [
        new RestReplay(),
        new DeveloperOffReplay(),
        new RateLimitReplay(),
        new HistoryLimitReplay(),
        new NewerReplay(),
        new NewerDeveloperReplay(),
        new NewerRateLimitReplay(),
        new FrameReplay(),
        new ReliableReplay(),
        new SessionReplay(),
        new NewerFrameReplay(),
        new NewerSessionReplay(),
        new ResumeReplay(),
    ];

    [Fact]
    public async Task The_sandbox_answers_as_recorded_and_the_document_says_how_far()
    {
        var sections = new List<ConformanceSection>();
        foreach (var source in Sources)
            sections.Add(await source.RunAsync());
        var report = new ConformanceReport(sections);
        foreach (var line in report.SummaryLines)
            output.WriteLine(line);

        var unexplained = report.Unexplained.ToList();
        Assert.True(
            unexplained.Count == 0,
            $"{unexplained.Count} recordings differ without an explanation:\n{string.Join("\n", unexplained)}"
        );
        var path = Path.Combine(Recorded.Repository, Document);
        if (Environment.GetEnvironmentVariable("SANDBOX_CONFORMANCE_WRITE") == "1")
            await File.WriteAllTextAsync(path, report.Markdown(), TestContext.Current.CancellationToken);
        var committed = File.Exists(path)
            ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
            : "";
        Assert.True(
            committed == report.Markdown(),
            $"{Document} does not match this run. Write it with SANDBOX_CONFORMANCE_WRITE=1 and check the changes."
        );
    }
}
