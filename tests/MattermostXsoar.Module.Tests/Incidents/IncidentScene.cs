using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Incidents;

/// <summary>A sandbox whose incidents differ in what they can be found by.</summary>
internal static class IncidentScene
{
    public static SandboxOptions Options { get; } =
        new()
        {
            Seed = new SandboxSeed
            {
                Incidents = [],
                Cases =
                [
                    new SandboxSeedIncident
                    {
                        Name = "Phishing mail",
                        Type = "Phishing",
                        Severity = 3,
                        Owner = "jane",
                    },
                    new SandboxSeedIncident
                    {
                        Name = "Malware on host",
                        Type = "Malware",
                        Severity = 4,
                        Owner = "joe",
                        CustomFieldsJson = """{"scanip":"1.2.3.4"}""",
                    },
                    new SandboxSeedIncident
                    {
                        Name = "Phishing wave",
                        Type = "Phishing",
                        Severity = 0.5,
                        Owner = "joe",
                        IsPending = true,
                    },
                    new SandboxSeedIncident
                    {
                        Name = "Old phishing",
                        Type = "Phishing",
                        Owner = "jane",
                        IsClosed = true,
                    },
                ],
            },
        };
}
