using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The checks at the start of group calls: first the license, then the id, then the caller.</summary>
internal sealed class GroupDemand(MattermostWorld world)
{
    /// <summary>Custom groups, and with them all calls that change members, exist from 6.3 on.</summary>
    public bool HasCustomGroups { get; } = world.Version.HasCustomGroups;

    public bool AsServer => world.Options.GroupAnswers == GroupAnswers.AsServer;

    public void License()
    {
        if (!world.Options.GroupsLicensed)
            throw LicenseError();
    }

    private MattermostException LicenseError() =>
        (AsServer || world.Version.HasNewApis) && HasCustomGroups
            ? new MattermostException(
                world.Version.GroupLicenseError.Status,
                "api.license_error",
                world.Version.GroupLicenseError.Message
            )
            : NoDirectory();

    /// <summary>The directory's own call has an error of its own in every version.</summary>
    public void DirectoryLicense()
    {
        if (!world.Options.GroupsLicensed)
            throw world.Version.HasNewApis ? NoDirectory() : LicenseError();
    }

    private static MattermostException NoDirectory() =>
        new(501, "api.ldap_groups.license_error", "your license does not support ldap groups");

    public SandboxGroup Group(ApiCall call, int index = 0)
    {
        var id = Demand.UrlId(call.Values[index], "group_id");
        License();
        return world.Group(id);
    }

    /// <summary>The description demands an administrator for reading any group, the source only for a group that may
    /// not be mentioned.</summary>
    public void MayRead(ApiCall call, SandboxGroup group, bool always = false)
    {
        if (call.User.IsSystemAdmin)
            return;
        if (!AsServer)
            throw MattermostException.Forbidden(call.User.Id, "manage_system");
        if (always || !group.AllowReference)
            throw MattermostException.Forbidden(call.User.Id, "sysconsole_read_user_management_groups");
    }

    /// <summary>A group from a directory cannot be changed here.</summary>
    public void IsCustom(SandboxGroup group)
    {
        if (group.Source != "custom")
            throw new MattermostException(
                AsServer ? 400 : 501,
                "app.group.crud_permission",
                "Unable to perform operation for that source type."
            );
    }

    /// <summary>Every account may manage custom groups unless an administrator removed the permission.</summary>
    public void MayManage(ApiCall call, string permission)
    {
        if (!call.User.IsSystemAdmin && !world.Options.EverybodyManagesCustomGroups)
            throw MattermostException.Forbidden(call.User.Id, permission);
    }
}
