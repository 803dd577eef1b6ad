namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Who sees an account, which decides what of it is returned.</summary>
internal enum UserView
{
    /// <summary>Another user.</summary>
    Other,

    /// <summary>A system administrator, who sees the settings of all accounts.</summary>
    Administrator,

    /// <summary>The account itself.</summary>
    Self,
}
