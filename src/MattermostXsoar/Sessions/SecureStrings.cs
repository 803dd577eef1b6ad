using System.Runtime.InteropServices;
using System.Security;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Sessions;

/// <summary>Takes secrets in at the module's border.</summary>
internal static class SecureStrings
{
    /// <summary>The token in a SecureString. Blanks and line ends around it come from copying and are
    /// dropped.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument when nothing usable is in it.</exception>
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
                $"{name} is empty or holds characters that no token has.",
                "Copy the token again, without anything around it."
            );
        }

        return new AccessToken(trimmed, redactor);
    }
}
