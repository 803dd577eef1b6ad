using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>Who a Mattermost user is in XSOAR.</summary>
internal sealed record XsoarIdentity
{
    /// <summary>The Mattermost user; null if the server does not know them.</summary>
    public required MattermostUser? User { get; init; }

    /// <summary>The enabled user of XSOAR with the same verified e-mail address; null for anybody else.</summary>
    public XsoarUser? Account { get; init; }

    /// <summary>Why there is no account.</summary>
    public AccountDoubt Doubt { get; init; }

    /// <summary>What that means and what helps, to be shown to the person.</summary>
    public string Explanation =>
        Doubt switch
        {
            AccountDoubt.None => "",
            AccountDoubt.Bot => "Bots are not users of XSOAR.",
            AccountDoubt.Deactivated => "The Mattermost account is not active.",
            AccountDoubt.EmailNotVerified =>
                "The e-mail address of the Mattermost account is not verified: verify it in Mattermost, or ask an "
                    + "administrator of Mattermost to do that.",
            AccountDoubt.VerificationHidden =>
                "Mattermost does not tell whether the e-mail address of the account is verified. The personal access token "
                    + "of this connection has to belong to a system administrator, and the server has to show it to "
                    + "administrators (11.6 does).",
            AccountDoubt.NoAccount => "No user of XSOAR has the e-mail address of the Mattermost account.",
            AccountDoubt.Disabled => "The user of XSOAR with this e-mail address is disabled.",
            AccountDoubt.Ambiguous => "Several users of XSOAR have the e-mail address of the Mattermost account.",
            _ => "",
        };
}
