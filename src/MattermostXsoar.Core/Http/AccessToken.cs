namespace MattermostXsoar.Core.Http;

/// <summary>A token or key in memory. As text it is a mask, never the secret.</summary>
internal sealed class AccessToken
{
    private readonly string _secret;

    public AccessToken(string secret, SecretRedactor redactor)
    {
        if (secret.Length == 0 || secret.Any(char.IsControl))
            throw new ArgumentException("A token must not be empty or contain control characters.", nameof(secret));
        _secret = secret;
        redactor.Add(secret);
    }

    public AccessToken(char[] secret, SecretRedactor redactor)
        : this(new string(secret), redactor) { }

    /// <summary>The secret itself, for a request header only.</summary>
    public string Reveal() => _secret;

    public override string ToString() => SecretRedactor.Mask;
}
