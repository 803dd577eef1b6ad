using System.Text;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Takes the secrets of a session out of any text before a person or a log sees it: servers do quote them, as
/// rest-error-401-bad-token.json shows.
/// </summary>
internal sealed class SecretRedactor
{
    public const string Mask = "***";

    // Shorter "secrets" would blank out half of every sentence.
    private const int ShortestSecret = 6;

    private readonly object _gate = new();
    private volatile string[] _forms = [];

    /// <summary>Registers a secret, with the forms in which it may come back.</summary>
    public void Add(string secret)
    {
        if (secret.Length < ShortestSecret)
            return;
        lock (_gate)
        {
            var forms = new HashSet<string>(_forms, StringComparer.Ordinal) { secret, Uri.EscapeDataString(secret) };
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
            forms.Add(base64);
            forms.Add(base64.TrimEnd('='));
            forms.Add(base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'));
            forms.Add(Uri.EscapeDataString(base64));
            // The longest first, so that a part of a form never leaves the rest of it standing.
            _forms = [.. forms.OrderByDescending(form => form.Length)];
        }
    }

    public string Redact(string text)
    {
        foreach (var form in _forms)
            if (text.Contains(form, StringComparison.Ordinal))
                text = text.Replace(form, Mask);
        return text;
    }
}
