using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

public sealed partial class XsoarWorld
{
    private readonly List<SandboxXsoarUser> _users = [];

    /// <summary>All users.</summary>
    public IReadOnlyList<SandboxXsoarUser> Users => Read(() => _users.ToArray());

    /// <summary>Creates a user. On 8.x the username should be the e-mail address.</summary>
    public SandboxXsoarUser AddUser(
        string username,
        string name,
        string email,
        string role = "Analyst",
        bool disabled = false
    ) =>
        Locked(() =>
        {
            var user = new SandboxXsoarUser
            {
                Username = username,
                Name = name,
                Email = email,
                Role = role,
                Disabled = disabled,
            };
            _users.Add(user);
            return user;
        });
}
