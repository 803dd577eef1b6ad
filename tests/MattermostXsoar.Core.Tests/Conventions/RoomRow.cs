namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>A row of the tables of rooms in docs/architecture.md.</summary>
/// <param name="Room">The folder.</param>
/// <param name="MayUse">The rooms that it may use.</param>
internal sealed record RoomRow(string Room, IReadOnlyList<string> MayUse)
{
    /// <summary>Reads a table below a heading. Its first column names the room; others list what it may use.</summary>
    /// <param name="heading">The heading, with its <c>#</c>.</param>
    /// <param name="columns">For each column that lists what the room may use, its number and what its names begin
    /// with.</param>
    public static IReadOnlyList<RoomRow> ReadTable(string heading, params (int Column, string Prefix)[] columns)
    {
        var rows = RepositoryFiles
            .ReadLines(RepositoryFiles.Architecture)
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToList();
        if (rows.Count == 0)
            throw new InvalidOperationException($"{RepositoryFiles.Architecture} has no table below '{heading}'.");
        return rows.ConvertAll(cells => new RoomRow(
            cells[0].Trim('`'),
            columns.SelectMany(column => Names(cells[column.Column]).Select(name => column.Prefix + name)).ToList()
        ));
    }

    private static string[] Names(string cell) => cell == "nothing" ? [] : cell.Split(", ");
}
