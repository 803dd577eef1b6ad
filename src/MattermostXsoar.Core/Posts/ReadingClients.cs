using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;

namespace MattermostXsoar.Core.Posts;

/// <summary>
/// Reads with the personal token and, where its user may not see something, with that of the bot: a mirror's private
/// channel may have no other member.
/// </summary>
internal sealed class ReadingClients(MattermostClient personal, MattermostClient bot)
{
    public MattermostClient Personal => personal;

    public MattermostClient Bot => bot;

    /// <summary>The server's address for people.</summary>
    public Uri PublicUri => bot.PublicUri;

    /// <exception cref="ApiException">That of the personal token, if neither may read.</exception>
    public async Task<T> ReadAsync<T>(Func<MattermostClient, Task<T>> read)
    {
        try
        {
            return await read(personal);
        }
        catch (ApiException unseen) when (IsUnseen(unseen))
        {
            try
            {
                return await read(bot);
            }
            catch (ApiException also) when (IsUnseen(also))
            {
                throw unseen;
            }
        }
    }

    private static bool IsUnseen(ApiException error) =>
        error.Kind is ErrorKind.Permission or ErrorKind.NotFound && error.ErrorId != ErrorIds.PostHidden;
}
