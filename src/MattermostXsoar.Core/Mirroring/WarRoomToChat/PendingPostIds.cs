using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// The <c>pending_post_id</c>s of the bot's posts. Mattermost answers a repetition of an id within half a minute with
/// the first post, whoever wrote it and wherever (recorded of 11.6: rest-posts-create-pending-*): whoever could guess
/// an id could have the bot's post replaced by their own. Each is made of the store's secret and of what makes the
/// write unique, so that the same write has the same id also after a restart, and no other write has it.
/// </summary>
internal sealed class PendingPostIds(byte[] secret, string botUserId)
{
    /// <summary>The id of one write.</summary>
    /// <param name="channelId">The channel of the post.</param>
    /// <param name="delivery">What the post shows.</param>
    /// <param name="attempt">0, or how often the server has answered the write with another post.</param>
    public string Of(string channelId, DeliveryRecord delivery, int attempt)
    {
        var write = string.Format(
            CultureInfo.InvariantCulture,
            "{0}\n{1}\n{2}\n{3}\n{4}\n{5}\n{6}\n{7}",
            delivery.MirrorId,
            channelId,
            delivery.SourceId,
            delivery.Part,
            delivery.Kind,
            delivery.Version,
            delivery.Retries,
            attempt
        );
        if (delivery.Aspect == MessageAspect.File)
            write += "\n" + delivery.Item;
        return IdOf(write);
    }

    /// <summary>The id of the post that says what a channel was created for.</summary>
    public string OfFirst(string channelId) => IdOf("first\n" + channelId);

    private string IdOf(string write)
    {
        using var code = new HMACSHA256(secret);
        return botUserId + ":" + Convert.ToBase64String(code.ComputeHash(Encoding.UTF8.GetBytes(write)));
    }
}
