using System.Text;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.State;

/// <summary>
/// A number that identifies a text, so that an edit that changes nothing is recognized without storing the text. It is
/// made of a cryptographic hash: nobody can write an edit with the same number, which would not be delivered.
/// </summary>
internal static class TextDigest
{
    public static long Of(string text) => BitConverter.ToInt64(Sha256.Of(Encoding.UTF8.GetBytes(text)), 0);
}
