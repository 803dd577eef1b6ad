namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>The addresses of posts.</summary>
internal static class Permalink
{
    /// <summary>
    /// The address of a post, valid whatever its channel is called. Only its end identifies the post: the server's
    /// address may change.
    /// </summary>
    public static string Of(Uri mattermost, string teamName, string postId) =>
        $"{InLink(mattermost)}/{Uri.EscapeDataString(teamName)}/pl/{postId}";

    /// <summary>The id of the post that an address leads to; null for any other text.</summary>
    public static string? PostIdOf(string address)
    {
        const string Mark = "/pl/";
        var at = address.LastIndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var id = new string(address.Substring(at + Mark.Length).TakeWhile(char.IsLetterOrDigit).ToArray());
        return id.Length > 0 ? id : null;
    }

    // A bracket would end the link in Markdown.
    private static string InLink(Uri address) =>
        address.AbsoluteUri.TrimEnd('/').Replace("(", "%28").Replace(")", "%29");
}
