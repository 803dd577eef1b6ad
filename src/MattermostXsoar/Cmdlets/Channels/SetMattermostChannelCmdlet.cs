using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>Changes channels: names, header, purpose, and who can read them. Only what is given changes.</summary>
[Cmdlet(VerbsCommon.Set, "MattermostChannel", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostChannel))]
public sealed class SetMattermostChannelCmdlet : ChannelChangeCmdlet
{
    /// <summary>The new name in links.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotUnset]
    [NumberAsText]
    public string? Name { get; set; }

    /// <summary>The new name that is displayed.</summary>
    [Parameter]
    [Alias("display_name")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotUnset]
    public string? DisplayName { get; set; }

    /// <summary>The new header; an empty text removes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Header { get; set; }

    /// <summary>The new purpose; an empty text removes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Purpose { get; set; }

    /// <summary>Who can read the channels: everybody in the team, or only members.</summary>
    [Parameter]
    [Alias("Type")]
    [ColumnValue(typeof(ChannelType))]
    [KnownValue]
    public ChannelType Privacy { get; set; } = ChannelType.Private;

    private ChannelPatch Patch =>
        new()
        {
            Name = Name,
            DisplayName = DisplayName,
            Header = IsGiven(nameof(Header)) ? Header ?? "" : null,
            Purpose = IsGiven(nameof(Purpose)) ? Purpose ?? "" : null,
        };

    private static string[] Texts { get; } = [nameof(Name), nameof(DisplayName), nameof(Header), nameof(Purpose)];

    private protected override void Check(MattermostSession session)
    {
        if (!Texts.Any(IsGiven) && !IsGiven(nameof(Privacy)))
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "Nothing to change is given.",
                "Give -Name, -DisplayName, -Header, -Purpose or -Privacy."
            );
        if (Name is not null && Channel.Length > 1)
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "Several channels cannot get the same name.",
                "Give -Name for one channel only."
            );
        ChannelLimits.Check(Patch, ProductVersion.Parse(session.ServerVersion));
    }

    private protected override string? ActionOn(MattermostSession session, MattermostChannel channel)
    {
        var changes = new List<string>();
        if (Name is not null)
            changes.Add($"name it '{Name}'");
        if (DisplayName is not null)
            changes.Add($"display it as '{DisplayName}'");
        if (IsGiven(nameof(Header)))
            changes.Add("set the header");
        if (IsGiven(nameof(Purpose)))
            changes.Add("set the purpose");
        if (ChangesPrivacyOf(channel))
            changes.Add(
                Privacy == ChannelType.Private
                    ? "make it private"
                    : "make it public: everybody in its team can read it, with all that was written so far"
            );
        return changes.Count == 0 ? null : string.Join(", ", changes);
    }

    private protected override async Task<MattermostChannel> ChangeAsync(
        MattermostClient client,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (Texts.Any(IsGiven))
            channel = await client.Channels.PatchAsync(channel.Id, Patch, cancellationToken);
        if (ChangesPrivacyOf(channel))
            channel = await client.Channels.SetPrivacyAsync(
                channel.Id,
                Privacy == ChannelType.Private ? "P" : "O",
                cancellationToken
            );
        return channel;
    }

    private bool ChangesPrivacyOf(MattermostChannel channel) =>
        IsGiven(nameof(Privacy)) && channel.IsPrivate != (Privacy == ChannelType.Private);

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
