using System.Management.Automation;
using System.Security;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Configuration;

/// <summary>A secret in a configuration: <c>env:NAME</c>, <c>secret:[vault/]name</c>, or the secret itself.</summary>
internal sealed class SecretReference(string reference, string key)
{
    private const string EnvironmentPrefix = "env:";
    private const string SecretPrefix = "secret:";

    /// <summary>Whether it is the secret itself.</summary>
    public bool IsPlain => !Has(EnvironmentPrefix, out _) && !Has(SecretPrefix, out _);

    public AccessToken Resolve(CommandInvocationIntrinsics commands, SecretRedactor redactor)
    {
        if (Has(EnvironmentPrefix, out var variable))
        {
            var value =
                Environment.GetEnvironmentVariable(variable)
                ?? throw Invalid(
                    $"the environment variable '{variable}' is not set.",
                    "Set it for the process that runs PowerShell."
                );
            return SecureStrings.ToAccessToken(value, $"'{key}'", redactor);
        }

        return Has(SecretPrefix, out var name)
            ? FromVault(name, commands, redactor)
            : SecureStrings.ToAccessToken(reference, $"'{key}'", redactor);
    }

    private bool Has(string prefix, out string rest)
    {
        var has = reference.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        rest = has ? reference.Substring(prefix.Length).Trim() : "";
        return has;
    }

    private AccessToken FromVault(string path, CommandInvocationIntrinsics commands, SecretRedactor redactor)
    {
        if (commands.GetCommand("Get-Secret", CommandTypes.All) is null)
        {
            throw Invalid(
                $"there is no command Get-Secret to read '{path}' with.",
                "Install-Module Microsoft.PowerShell.SecretManagement, and register a vault."
            );
        }

        var slash = path.IndexOf('/');
        var script =
            slash < 0
                ? "param($name) Get-Secret -Name $name -ErrorAction Stop"
                : "param($name, $vault) Get-Secret -Name $name -Vault $vault -ErrorAction Stop";
        object?[] arguments = slash < 0 ? [path] : [path.Substring(slash + 1), path.Substring(0, slash)];
        try
        {
            return commands.InvokeScript(script, arguments).FirstOrDefault()?.BaseObject switch
            {
                SecureString secret => SecureStrings.ToAccessToken(secret, $"'{key}'", redactor),
                string text => SecureStrings.ToAccessToken(text, $"'{key}'", redactor),
                PSCredential credential => SecureStrings.ToAccessToken(credential.Password, $"'{key}'", redactor),
                _ => throw Invalid(
                    $"Get-Secret does not return a text for '{path}'.",
                    "Store it as a text or a SecureString."
                ),
            };
        }
        catch (RuntimeException error)
        {
            throw Invalid(
                $"Get-Secret cannot read '{path}': {error.Message}",
                "Check the names of the secret and the vault, and whether the vault is unlocked."
            );
        }
    }

    private MattermostXsoarException Invalid(string what, string advice) =>
        new(
            ErrorIds.InvalidConfiguration,
            ErrorKind.InvalidArgument,
            $"The secret for '{key}' cannot be read: {what}",
            advice
        );
}
