using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The prepared statements of one connection, cached because parsing costs more than running them. Not thread-safe.
/// </summary>
internal sealed class Statements : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>The statement with its parameters set. For the same SQL they must be given in the same order.</summary>
    public SqliteCommand Get(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
    }
}
