using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MattermostXsoar.Core.Http;

/// <summary>Validates a server's certificate, and keeps the reason why the last one was rejected.</summary>
internal sealed class CertificateCheck
{
    private readonly bool _skip;
    private volatile string? _problem;

    public CertificateCheck(bool skip) => _skip = skip;

    /// <summary>Why the last certificate was rejected; null when none was.</summary>
    public string? Problem => _problem;

    /// <summary>A RemoteCertificateValidationCallback.</summary>
    public bool Accept(object? sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || _skip)
            return true;
        _problem = Describe(certificate, chain, errors);
        return false;
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            reasons.Add("the server sent none");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add("it was issued for another host name");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            reasons.AddRange(ChainReasons(chain));
        var subject = certificate is null ? "" : $" ({certificate.Subject})";
        return string.Join(" and ", reasons.Distinct()) + subject;
    }

    private static IEnumerable<string> ChainReasons(X509Chain? chain)
    {
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
            yield return "it has expired or is not valid yet";
        if (status.HasFlag(X509ChainStatusFlags.Revoked))
            yield return "it was revoked";
        if ((status & ~(X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked)) != 0 || status == 0)
            yield return "it is signed by an authority that this machine does not trust";
    }
}
