using System.Xml.Linq;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>
/// The tables of docs/architecture.md list exactly which room may use which: whatever uses a room that its row does not
/// name fails here, and so does a row that names a room it does not use.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Mirroring = "Mirroring";

    private static readonly Rooms Core = new(
        AssemblyUses.Core,
        [
            .. RoomRow.ReadTable("### Rooms of Core", (2, "")),
            .. RoomRow.ReadTable("### Folders of Mirroring", (2, Mirroring + "/"), (3, "")),
            .. RoomRow.ReadTable("### Folders of People", (2, "")),
        ]
    );

    // The sandbox's rooms are its folders of the first level.
    private static readonly Rooms Sandbox = new(
        new AssemblyUses(typeof(SandboxServer).Assembly),
        RoomRow.ReadTable("### Rooms of the sandbox", (2, "")),
        depth: 1
    );

    public static TheoryData<string> Projects => [nameof(Core), nameof(Sandbox)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Each_room_has_a_row_and_each_row_a_room(string project)
    {
        var rooms = RoomsOf(project);
        var rows = rooms.Rows.Select(row => row.Room).ToList();

        None(
            rooms
                .Folders.Except(rows)
                .Select(room =>
                    $"The room {room} has no row in {RepositoryFiles.Architecture}: say what it holds and uses."
                ),
            rows.Except(rooms.Folders)
                .Select(room => $"{RepositoryFiles.Architecture} has a row for {room}, which has no types."),
            rows.GroupBy(room => room)
                .Where(same => same.Count() > 1)
                .Select(same => $"{same.Key} has more than one row.")
        );
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_room_uses_what_its_row_does_not_name(string project)
    {
        var rooms = RoomsOf(project);
        var allowed = Allowed(rooms);

        None(
            rooms
                .Uses.Where(use => !allowed.Contains((use.Room, use.UsedRoom)))
                .Select(use =>
                    $"{use}, which the row of {use.Room} in {RepositoryFiles.Architecture} does not name. "
                    + $"Move what is used to a room that {use.Room} may use, or have {use.UsedRoom} implement an "
                    + $"interface of {use.Room}. If {use.UsedRoom} does not use {use.Room}, neither directly nor "
                    + "through others, the row may name it."
                )
        );
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_row_names_a_room_that_is_not_used(string project)
    {
        var rooms = RoomsOf(project);

        None(
            Allowed(rooms)
                .Except(rooms.Uses.Select(use => (use.Room, MayUse: use.UsedRoom)))
                .Select(pair =>
                    $"The row of {pair.Room} in {RepositoryFiles.Architecture} names {pair.MayUse}, which "
                    + $"{pair.Room} does not use: take it out."
                )
        );
    }

    [Fact]
    public void No_rooms_of_Core_use_each_other_in_a_circle() =>
        None(Core.Circle().Select(use => $"In a circle: {use}."));

    [Fact]
    public void The_rows_of_Core_go_from_low_to_high()
    {
        var rows = Core.Rows.Select(row => row.Room).ToList();

        None(
            Core.Rows.SelectMany(row =>
                row.MayUse.Where(used => rows.IndexOf(used) >= rows.IndexOf(row.Room))
                    .Select(used => $"The row of {row.Room} names {used}, which does not come before it.")
            )
        );
    }

    [Fact]
    public void Platform_and_Errors_use_no_other_room() =>
        None(Core.Uses.Where(use => use.Room is "Platform" or "Errors").Select(use => use.ToString()));

    [Fact]
    public void Nothing_below_Mirroring_uses_its_root_and_only_People_uses_Mirroring() =>
        None(
            Core.Uses.Where(use =>
                    !IsInPeople(use.Room)
                    && (use.UsedRoom == Mirroring || (IsInMirroring(use.UsedRoom) && !IsInMirroring(use.Room)))
                )
                .Select(use => use.ToString())
        );

    [Fact]
    public void Neither_way_of_a_message_uses_the_other()
    {
        var ways = new[] { Mirroring + "/ChatToWarRoom", Mirroring + "/WarRoomToChat" };

        Assert.Subset(Core.Folders.ToHashSet(), ways.ToHashSet());
        None(
            Core.Uses.Where(use => ways.Contains(use.Room) && ways.Contains(use.UsedRoom)).Select(use => use.ToString())
        );
    }

    [Fact]
    public void Core_uses_nothing_of_PowerShell()
    {
        // The net8.0 build by what it refers to, both by their packages: PowerShellStandard.Library is the other's.
        None(Core.Code.References.Where(IsPowerShell).Select(name => $"MattermostXsoar.Core refers to {name}."));
        None(
            References("MattermostXsoar.Core", "PackageReference")
                .Where(IsPowerShell)
                .Select(name => $"MattermostXsoar.Core.csproj refers to {name}.")
        );
    }

    [Fact]
    public void Each_project_refers_to_the_projects_that_its_row_names()
    {
        var rows = RoomRow.ReadTable("### Projects", (2, ""));
        var projects = Directory
            .GetDirectories(RepositoryFiles.FullPath("src"))
            .Select(path => Path.GetFileName(path)!);

        Assert.Equal(
            projects.Order(StringComparer.Ordinal),
            rows.Select(row => row.Room).Order(StringComparer.Ordinal)
        );
        Assert.All(
            rows,
            row =>
                Assert.Equal(
                    row.MayUse.Order(StringComparer.Ordinal),
                    References(row.Room, "ProjectReference").Order(StringComparer.Ordinal)
                )
        );
    }

    private static Rooms RoomsOf(string project) => project == nameof(Core) ? Core : Sandbox;

    private static HashSet<(string Room, string MayUse)> Allowed(Rooms rooms) =>
        rooms.Rows.SelectMany(row => row.MayUse.Select(used => (row.Room, used))).ToHashSet();

    private static bool IsInMirroring(string room) => room.Split('/')[0] == Mirroring;

    private static bool IsInPeople(string room) => room.Split('/')[0] == "People";

    private static bool IsPowerShell(string name) =>
        name.StartsWith("System.Management.Automation", StringComparison.Ordinal)
        || name.Contains("PowerShell", StringComparison.Ordinal);

    // The names of the packages or projects that a project refers to, be it in a file that it imports.
    private static IEnumerable<string> References(string project, string kind) =>
        new[] { "*.csproj", "*.targets" }
            .SelectMany(files =>
                Directory.EnumerateFiles(RepositoryFiles.FullPath("src/" + project), files, SearchOption.AllDirectories)
            )
            .Where(path => !RepositoryFiles.IsBuilt(path))
            .SelectMany(path => XDocument.Load(path).Descendants(kind))
            .Select(reference => reference.Attribute("Include")!.Value)
            .Select(include =>
                include.EndsWith(".csproj", StringComparison.Ordinal) ? include.Split('/')[^2] : include
            );

    private static void None(params IEnumerable<string>[] violations)
    {
        var all = violations.SelectMany(some => some).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join("\n", all));
    }
}
