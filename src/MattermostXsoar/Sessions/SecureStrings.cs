using System.Runtime.InteropServices;
using System.Security;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Sessions;

/// <summary>Reads secrets from SecureStrings.</summary>
internal static class SecureStrings
{
    /// <summary>
    /// The token in a SecureString. Spaces and line ends around it come from copying and are removed.
    /// </summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument if it contains no valid token.</exception>
    public static AccessToken ToAccessToken(SecureString secret, string name, SecretRedactor redactor)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return ToAccessToken(Marshal.PtrToStringUni(pointer, secret.Length), name, redactor);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    public static AccessToken ToAccessToken(string secret, string name, SecretRedactor redactor)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length == 0 || trimmed.Any(c => c is < '!' or > '~'))
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"{name} is empty or contains characters that no token has.",
                "Copy the token again, without anything around it."
            );
        }

        return new AccessToken(trimmed, redactor);
    }
}
