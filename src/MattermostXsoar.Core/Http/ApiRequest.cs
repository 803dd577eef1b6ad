using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>A request, independent of the attempts to send it.</summary>
internal sealed class ApiRequest
{
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the base address, with its query; names and ids in it are escaped.</param>
    /// <exception cref="MattermostXsoarException">
    /// InvalidArgument: a name or id in it is empty, blank, <c>.</c> or <c>..</c>, which would make it another path.
    /// </exception>
    public ApiRequest(HttpMethod method, string path)
    {
        CheckSegments(path);
        Method = method;
        Path = path;
        Effect = method == HttpMethod.Get || method == HttpMethod.Head ? RequestEffect.Read : RequestEffect.Once;
    }

    public HttpMethod Method { get; }

    /// <summary>The path below the base address, with its query.</summary>
    public string Path { get; }

    /// <summary>The JSON body as UTF-8, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A file to send in place of <see cref="Body"/>; null for none.</summary>
    public UploadBody? Upload { get; init; }

    public RequestEffect Effect { get; init; }

    /// <summary>What kind of answer is expected, which decides how long it may be.</summary>
    public AnswerSize Answer { get; init; }

    /// <summary>What the request is about.</summary>
    public ResourceKind Kind { get; init; }

    /// <summary>The name or id of what the request is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The permission that the API's description asks for; named in the error when it is missing.</summary>
    public string? Permission { get; init; }

    // .NET and proxies remove dot segments (RFC 3986, 5.2.4), also escaped ones, and proxies join empty ones.
    private static void CheckSegments(string path)
    {
        foreach (var segment in path.Split('?')[0].TrimStart('/').Split('/'))
        {
            var name = Uri.UnescapeDataString(segment);
            if (name.Trim().Trim('.').Length == 0 && name.Trim().Length <= 2)
                throw new MattermostXsoarException(
                    ErrorIds.InvalidArgument,
                    ErrorKind.InvalidArgument,
                    $"'{name}' is no name and no id.",
                    "Check the value, for example for a variable that is not set."
                );
        }
    }

    /// <summary>Whether sending it twice has the same effect as sending it once.</summary>
    public bool IsRepeatable => Effect != RequestEffect.Once;
}
