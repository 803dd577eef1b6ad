namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Where the soak's sandbox listens, who may call it, and the investigation to mirror.</summary>
internal sealed record SoakAddress(
    Uri Mattermost,
    Uri Xsoar,
    string BotToken,
    string PersonalToken,
    string ApiKey,
    string Team,
    string InvestigationId
);
