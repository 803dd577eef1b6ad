using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>How a table of its own reaches the store.</summary>
public sealed class StoreAccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreAccess _access;

    public StoreAccessTests()
    {
        var path = _folder.File("state.db");
        OwnTable(path);
        _access = new StoreAccess(path, StoreFile.Connect(path), StoreFile.Connect(path), StopPoints.None);
    }

    public void Dispose()
    {
        _access.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_written_can_be_read()
    {
        Assert.Equal(1, await AddAsync("one"));
        Assert.Equal(1, await AddAsync("two"));

        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task A_work_that_fails_leaves_nothing()
    {
        await AddAsync("one");

        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            _access.WriteAsync<int>(
                (connection, statements) =>
                {
                    statements.Get(connection, "DELETE FROM note").ExecuteNonQuery();
                    throw new InvalidOperationException("half done");
                }
            )
        );

        Assert.Contains("half done", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_refused_statement_is_an_error_of_the_store()
    {
        await AddAsync("one");

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => AddAsync("one"));

        Assert.Equal(ErrorKind.Store, error.Kind);
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task After_its_end_it_is_not_connected()
    {
        _access.Dispose();

        Assert.Equal(ErrorIds.NotConnected, Assert.Throws<MattermostXsoarException>(() => Count()).ErrorId);
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => AddAsync("late"));
        Assert.Equal(ErrorIds.NotConnected, error.ErrorId);
    }

    private Task<int> AddAsync(string text) =>
        _access.WriteAsync(
            (connection, statements) =>
                statements.Get(connection, "INSERT INTO note (text) VALUES ($text)", ("$text", text)).ExecuteNonQuery()
        );

    private long Count() =>
        _access.Read(
            (connection, statements) => (long)statements.Get(connection, "SELECT count(*) FROM note").ExecuteScalar()!
        );

    private static void OwnTable(string path)
    {
        using var connection = StoreFile.Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE note (text TEXT NOT NULL PRIMARY KEY)";
        command.ExecuteNonQuery();
    }
}
