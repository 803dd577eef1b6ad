namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>Why a Mattermost user counts as no user of XSOAR.</summary>
internal enum AccountDoubt
{
    /// <summary>There is no doubt: the user of XSOAR is known.</summary>
    None,

    /// <summary>It is a bot.</summary>
    Bot,

    /// <summary>Mattermost does not know the user, or the account is deactivated.</summary>
    Deactivated,

    /// <summary>Mattermost says that the e-mail address is not verified.</summary>
    EmailNotVerified,

    /// <summary>Mattermost does not tell this session whether it is.</summary>
    VerificationHidden,

    /// <summary>No user of XSOAR has the address.</summary>
    NoAccount,

    /// <summary>The user of XSOAR who has it is disabled.</summary>
    Disabled,

    /// <summary>Several users of XSOAR have it.</summary>
    Ambiguous,
}
