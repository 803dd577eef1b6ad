using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// Rejects a secret that is given as plain text, with the way to make a SecureString; PowerShell's own message would
/// show the secret.
/// </summary>
internal sealed class SecretAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string
            ? throw new ArgumentTransformationMetadataException(
                "A secret is given as a SecureString and not as plain text: enter it with 'Read-Host -AsSecureString', "
                    + "or convert a variable's text with 'ConvertTo-SecureString $text -AsPlainText -Force'."
            )
            : inputData;
    }
}
