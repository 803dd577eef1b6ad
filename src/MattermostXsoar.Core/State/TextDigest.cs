using System.Text;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.State;

/// <summary>
/// A number that tells one text from another, so that an edit that changes nothing is recognised without keeping the
/// text. Made of a hash that nobody can aim at: an edit with the same number would pass unseen.
/// </summary>
internal static class TextDigest
{
    public static long Of(string text) => BitConverter.ToInt64(Sha256.Of(Encoding.UTF8.GetBytes(text)), 0);
}
