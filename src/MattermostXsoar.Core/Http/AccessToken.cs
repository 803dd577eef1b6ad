namespace MattermostXsoar.Core.Http;

/// <summary>A secret inside the module. What it says in a text is never the secret.</summary>
internal sealed class AccessToken
{
    private readonly string _secret;

    public AccessToken(string secret, SecretRedactor redactor)
    {
        if (secret.Length == 0 || secret.Any(char.IsControl))
            throw new ArgumentException("A token is not empty and holds no control characters.", nameof(secret));
        _secret = secret;
        redactor.Add(secret);
    }

    public AccessToken(char[] secret, SecretRedactor redactor)
        : this(new string(secret), redactor) { }

    /// <summary>The secret itself, for a header of a request and nothing else.</summary>
    public string Reveal() => _secret;

    public override string ToString() => SecretRedactor.Mask;
}
