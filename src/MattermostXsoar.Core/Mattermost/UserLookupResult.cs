using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>What a look-up of a user came to: one of the two is there.</summary>
internal readonly record struct UserLookupResult(MattermostUser? User, MattermostXsoarException? Error);
