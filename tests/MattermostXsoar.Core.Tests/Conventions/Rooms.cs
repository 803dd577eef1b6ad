namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>The rooms of a project, which are its folders, and which of them uses which.</summary>
internal sealed class Rooms
{
    private readonly string _project;
    private readonly int _depth;

    /// <param name="code">The compiled project.</param>
    /// <param name="rows">What docs/architecture.md states about its rooms.</param>
    /// <param name="depth">How many folders deep the rooms go; what lies deeper belongs to the room above.</param>
    public Rooms(AssemblyUses code, IReadOnlyList<RoomRow> rows, int depth = int.MaxValue)
    {
        _project = code.Name;
        _depth = depth;
        Rows = rows;
        Code = code;
        // Top-level statements have no namespace.
        var types = Code.Types.Where(type => IsOurs(type) || !type.Contains('.')).ToList();
        Folders = types.Select(RoomOf).ToHashSet(StringComparer.Ordinal);
        Uses = types.SelectMany(UsesOf).Concat(UsingDirectives()).ToList();
    }

    public AssemblyUses Code { get; }

    /// <summary>The rooms that have types.</summary>
    public IReadOnlySet<string> Folders { get; }

    public IReadOnlyList<RoomRow> Rows { get; }

    /// <summary>
    /// Every use of a room by another: those that the compiled code shows, and using directives, which also count for
    /// what it does not show: constants, references of documentation, and what only the netstandard2.0 build uses.
    /// </summary>
    public IReadOnlyList<RoomUse> Uses { get; }

    /// <summary>The uses that join rooms in a circle, one for each two rooms; none when there is no circle.</summary>
    public IReadOnlyList<RoomUse> Circle()
    {
        var left = Uses.ToList();
        // A room that uses none of the others is in no circle, nor is one that none of the others uses.
        while (
            left.RemoveAll(use => !left.Exists(next => next.Room == use.UsedRoom)) > 0
            || left.RemoveAll(use => !left.Exists(before => before.UsedRoom == use.Room)) > 0
        ) { }
        return left.DistinctBy(use => (use.Room, use.UsedRoom)).ToList();
    }

    private IEnumerable<RoomUse> UsesOf(string type) =>
        Code.Of(type)
            .Where(IsOurs)
            .Select(used => new RoomUse(RoomOf(type), NameOf(type), RoomOf(used), NameOf(used)))
            .Where(use => use.Room != use.UsedRoom);

    private IEnumerable<RoomUse> UsingDirectives() =>
        from file in RepositoryFiles.Sources
        where file.Path.StartsWith($"src/{_project}/", StringComparison.Ordinal)
        from directive in file.Usings
        where IsOurs(directive + ".")
        let use = new RoomUse(
            RoomOf((file.Namespace ?? _project) + "."),
            file.Path,
            RoomOf(directive + "."),
            $"using {directive}"
        )
        where use.Room != use.UsedRoom
        select use;

    private bool IsOurs(string type) => type.StartsWith(_project + ".", StringComparison.Ordinal);

    private static string NameOf(string type) => type[(type.LastIndexOf('.') + 1)..];

    // "." for the project's own folder.
    private string RoomOf(string type)
    {
        var folders = IsOurs(type) ? type.Split('.')[_project.Split('.').Length..^1] : [];
        return folders.Length == 0 ? "." : string.Join('/', folders.Take(_depth));
    }
}
