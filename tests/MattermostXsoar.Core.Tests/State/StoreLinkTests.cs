using System.Diagnostics;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>Links in place of the state file and the files beside it: nothing is read or written through them.</summary>
public sealed class StoreLinkTests : IDisposable
{
    private const string Bot = "sz56ahbhe7r48jqif4sqi8brmo";

    private readonly TemporaryFolder _folder = new();

    private string StatePath => _folder.File("state.db");

    private string Victim => _folder.File("victim");

    public static TheoryData<string> Endings => ["", "-wal", "-shm", "-journal", ".lock", ".holder"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_link_to_a_file_is_refused_and_the_file_not_changed(string ending)
    {
        const string Content = "the file of somebody else";
        await File.WriteAllTextAsync(Victim, Content, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(StatePath + ending, Victim);

        AssertRefused(ending);

        Assert.Equal(Content, await File.ReadAllTextAsync(Victim, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_link_to_nothing_is_refused_and_nothing_created(string ending)
    {
        File.CreateSymbolicLink(StatePath + ending, Victim);

        AssertRefused(ending);

        Assert.Equal([StatePath + ending], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_link_to_a_store_is_refused_with_advice_and_the_store_still_works()
    {
        using (StateStore.Open(StatePath, Bot, TimeProvider.System)) { }
        File.CreateSymbolicLink(_folder.File("link.db"), StatePath);

        var error = Assert.Throws<MattermostXsoarException>(() =>
            StateStore.Open(_folder.File("link.db"), Bot, TimeProvider.System)
        );

        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Contains("is a symbolic link", error.Message, StringComparison.Ordinal);
        Assert.Contains("-StatePath", error.Advice, StringComparison.Ordinal);
        using var store = StateStore.Open(StatePath, Bot, TimeProvider.System);
        Assert.Empty(store.ReadMirrors());
    }

    [Fact]
    public void A_folder_that_is_a_link_is_followed()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("folder"), _folder.File("real"));
        var path = Path.Combine(_folder.File("folder"), "state.db");

        using var store = StateStore.Open(path, Bot, TimeProvider.System);
        using var lease = ListenerLease.Take(path, TimeProvider.System);

        lease.CheckInPlace(store);
        Assert.True(File.Exists(Path.Combine(_folder.File("real"), "state.db.holder")));
    }

    [Fact]
    public async Task A_hard_link_in_place_of_the_holder_is_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        await File.WriteAllTextAsync(Victim, "kept", TestContext.Current.CancellationToken);
        using var ln = Process.Start("ln", [Victim, StatePath + ".holder"]);
        await ln.WaitForExitAsync(TestContext.Current.CancellationToken);

        ListenerLease.Take(StatePath, TimeProvider.System).Dispose();

        Assert.Equal("kept", await File.ReadAllTextAsync(Victim, TestContext.Current.CancellationToken));
        Assert.Contains(
            $"process {Environment.ProcessId}",
            ListenerLease.LastHolder(StatePath),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_file_that_a_link_leads_to_is_not_shown_as_the_holder()
    {
        await File.WriteAllTextAsync(Victim, "a secret", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(StatePath + ".holder", Victim);

        Assert.Null(ListenerLease.LastHolder(StatePath));
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_store_is_refused_without_being_opened()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var mkfifo = Process.Start("mkfifo", StatePath);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);

        var error = Assert.Throws<MattermostXsoarException>(() => StateStore.Open(StatePath, Bot, TimeProvider.System));

        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Contains("it is a pipe", error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string ending)
    {
        Action[] uses =
        [
            () => StateStore.Open(StatePath, Bot, TimeProvider.System),
            () => ListenerLease.Take(StatePath, TimeProvider.System),
        ];
        foreach (var use in uses)
        {
            var error = Assert.Throws<MattermostXsoarException>(use);
            Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
            Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
            if (ending.Length > 0)
                Assert.Contains($"'{StatePath + ending}'", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.Advice);
        }
    }
}
