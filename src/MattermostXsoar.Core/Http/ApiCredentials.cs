using System.Net.Http.Headers;

namespace MattermostXsoar.Core.Http;

/// <summary>The headers that authenticate a client. Credentials are never part of an address.</summary>
internal sealed class ApiCredentials
{
    private readonly KeyValuePair<string, string>[] _headers;

    private ApiCredentials(params KeyValuePair<string, string>[] headers) => _headers = headers;

    /// <summary>Mattermost: <c>Authorization: Bearer token</c>.</summary>
    public static ApiCredentials Bearer(AccessToken token) => new(Header("Authorization", "Bearer " + token.Reveal()));

    /// <summary>XSOAR: the key without a scheme, on 8.x together with the key's id.</summary>
    public static ApiCredentials Key(AccessToken key, string? keyId) =>
        keyId is null
            ? new(Header("Authorization", key.Reveal()))
            : new(Header("Authorization", key.Reveal()), Header("x-xdr-auth-id", keyId));

    public void Apply(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("Accept", "application/json");
        foreach (var header in _headers)
            headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    public override string ToString() => SecretRedactor.Mask;

    private static KeyValuePair<string, string> Header(string name, string value) => new(name, value);
}
