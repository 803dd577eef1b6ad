using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Acts on the accounts of people, never on those of the session itself.</summary>
public abstract class AccountCmdlet : SessionCmdlet
{
    private UserResolver? _users;

    private protected AccountCmdlet() { }

    /// <summary>The users, by id, username (with or without <c>@</c>), e-mail address or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("user_id", "UserId", "Username", "Email")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[] User { get; set; } = [];

    /// <summary>Writes each user as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => User;

    /// <summary>The action, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    private protected abstract Task ActAsync(
        UsersClient users,
        MattermostUser user,
        CancellationToken cancellationToken
    );

    private protected sealed override async Task ProcessAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        _users ??= new UserResolver(session);
        var given = UserReference.Expand(User).ToList();
        var answers = await _users.ResolveAsync(given, cancellationToken);
        await ForEachAsync(
            given.Zip(answers, (reference, answer) => (reference, answer)),
            one => one.answer.User is { } user ? ActAsync(session, user, cancellationToken) : throw one.answer.Error!,
            one => one.reference
        );
    }

    private async Task ActAsync(MattermostSession session, MattermostUser user, CancellationToken cancellationToken)
    {
        if (user.Id == session.BotUser.Id || user.Id == session.PersonalUser.Id)
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidOperation,
                $"{user} is {(user.Id == session.BotUser.Id ? "the bot" : "the personal token's user")} of this session: "
                    + "its account is left alone, since the session could do nothing after that.",
                "Have another administrator do it in the System Console (Users)."
            );
        if (!await ShouldProcessAsync(user.ToString(), Action))
            return;
        var users = session.Personal.Users;
        await ActAsync(users, user, cancellationToken);
        if (PassThru)
            await WriteAsync(await users.GetAsync(user.Id, cancellationToken));
    }
}
