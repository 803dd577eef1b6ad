using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;

namespace MattermostXsoar.Binding;

/// <summary>The value of a parameter for a post: its id, its address (permalink), or a post object.</summary>
public sealed class PostReference
{
    /// <summary>A post by its id or its address.</summary>
    /// <param name="idOrAddress">The id, or <c>https://chat.example.com/soc/pl/ID</c>.</param>
    public PostReference(string idOrAddress)
    {
        var text = idOrAddress.Trim();
        Id = Permalink.PostIdOf(text) ?? text;
        if (Id.Length == 0)
            throw new PSArgumentException("The id of a post must not be empty.", nameof(idOrAddress));
    }

    /// <summary>A post by its address.</summary>
    /// <param name="address">The address.</param>
    public PostReference(Uri address)
        : this(address.OriginalString) { }

    /// <summary>A post object.</summary>
    /// <param name="post">The post.</param>
    public PostReference(MattermostPost post)
    {
        Id = post.Id;
        Post = post;
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    internal string Id { get; }

    /// <summary>The post object, if one was given.</summary>
    internal MattermostPost? Post { get; }
}
