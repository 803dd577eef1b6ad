using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost;

namespace MattermostXsoar.Module.Tests.Groups;

/// <summary>Scenes whose server has groups.</summary>
internal static class GroupScene
{
    public static SandboxOptions Licensed { get; } =
        new()
        {
            GroupsLicensed = true,
            Seed = new SandboxSeed
            {
                Groups =
                [
                    new SandboxSeedGroup
                    {
                        Name = "tier1",
                        DisplayName = "SOC Tier 1",
                        Members = ["user1", "user2"],
                    },
                    new SandboxSeedGroup
                    {
                        Name = "tier2",
                        DisplayName = "SOC Tier 2",
                        Members = ["user3"],
                    },
                    new SandboxSeedGroup
                    {
                        Name = "everybody",
                        DisplayName = "Everybody",
                        Source = "ldap",
                        Members = ["user1"],
                    },
                ],
            },
        };

    /// <summary>Servers that have groups, but not the calls asked for.</summary>
    public static SandboxOptions Old { get; } = Licensed with { MattermostVersion = "5.37.0" };

    public static SandboxOptions AsServer { get; } = Licensed with { GroupAnswers = GroupAnswers.AsServer };
}
