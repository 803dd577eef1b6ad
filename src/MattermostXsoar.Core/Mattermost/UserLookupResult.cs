using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>The result of looking up a user: either the user or an error.</summary>
internal readonly record struct UserLookupResult(MattermostUser? User, MattermostXsoarException? Error);
