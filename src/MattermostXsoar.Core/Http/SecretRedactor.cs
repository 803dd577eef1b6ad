using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Masks the secrets of a session in any text before it is shown or logged: servers quote them, as
/// rest-error-401-bad-token.json shows.
/// </summary>
internal sealed class SecretRedactor
{
    public const string Mask = "***";

    // Shorter "secrets" would mask half of every sentence.
    private const int ShortestSecret = 4;

    private static readonly char[] Escapes = ['%', '\\', '&', '+'];

    private readonly object _gate = new();
    private volatile string[] _forms = [];

    /// <summary>Registers a secret, with the forms in which a server may return it.</summary>
    public void Add(string secret)
    {
        if (secret.Length >= ShortestSecret)
            AddForms(SecretForms.Of(secret));
    }

    /// <summary>
    /// Registers a password, with the header for Basic authentication that is made of it and the user name.
    /// </summary>
    public void AddBasic(string user, string password)
    {
        if (password.Length < ShortestSecret)
            return;
        Add(password);
        AddForms(SecretForms.OfBasic(user, password));
    }

    public string Redact(string text) => Redact(text, isCut: false);

    /// <summary>Redacts a text that was cut off: the beginning of a secret at its end is masked as well.</summary>
    public string RedactCut(string text) => Redact(text, isCut: true);

    private void AddForms(IEnumerable<string> forms)
    {
        lock (_gate)
            _forms = [.. _forms.Union(forms, StringComparer.Ordinal)];
    }

    private string Redact(string text, bool isCut)
    {
        var forms = _forms;
        if (forms.Length == 0)
            return text;
        var isEscaped = text.IndexOfAny(Escapes) >= 0;
        StringBuilder? redacted = null;
        var done = 0;
        for (var place = 0; place < text.Length; )
        {
            // The longest match, so that a shorter form does not leave the rest of a longer one unmasked.
            var length = 0;
            foreach (var form in forms)
                length = Math.Max(length, SecretMatch.Length(text, place, form, isEscaped, isCut));
            if (length == 0)
            {
                place++;
                continue;
            }

            redacted ??= new StringBuilder(text.Length);
            redacted.Append(text, done, place - done).Append(Mask);
            done = place += length;
        }

        return redacted is null ? text : redacted.Append(text, done, text.Length - done).ToString();
    }
}
