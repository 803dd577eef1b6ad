@{
    RootModule             = 'MattermostXsoar.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5d0f5c9e-7d9a-4a53-9d7b-1c1f0a7a6b52'
    Author                 = 'The MattermostXsoar authors'
    CompanyName            = 'The MattermostXsoar authors'
    Copyright              = '(c) 2026 The MattermostXsoar authors. MIT license.'
    Description            = 'Work a Mattermost server together with Cortex XSOAR: teams, channels, members, groups, notifications, files, questions to people, and the mirror that shows the War Room of an investigation and a Mattermost channel as the same conversation, in both directions, without losing or doubling a message.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Add-MattermostChannelMember'
        'Add-MattermostGroupMember'
        'Close-MattermostChannel'
        'Connect-Mattermost'
        'ConvertTo-MattermostContext'
        'Disconnect-Mattermost'
        'Get-MattermostChannel'
        'Get-MattermostGroup'
        'Get-MattermostGroupMember'
        'Get-MattermostListener'
        'Get-MattermostMirror'
        'Get-MattermostSession'
        'Get-MattermostTeam'
        'Get-MattermostUser'
        'Get-MattermostUserChannel'
        'Get-XsoarIncident'
        'New-MattermostChannel'
        'Remove-MattermostChannelMember'
        'Remove-MattermostGroupMember'
        'Set-MattermostChannelRole'
        'Send-MattermostFile'
        'Send-MattermostNotification'
        'Start-MattermostListener'
        'Start-MattermostMirror'
        'Stop-MattermostListener'
        'Stop-MattermostMirror'
        'Sync-MattermostMirror'
        'Test-MattermostConnection'
        'Wait-MattermostListener'
    )
    VariablesToExport      = @()
    AliasesToExport        = @(
        'close-channel'
        'mattermost-add-channel-member'
        'mattermost-add-group-member'
        'mattermost-close-channel'
        'mattermost-create-channel'
        'mattermost-get-team'
        'mattermost-list-channels'
        'mattermost-list-group-members'
        'mattermost-list-groups'
        'mattermost-list-private-channels-for-user'
        'mattermost-list-users'
        'mattermost-mirror-investigation'
        'mattermost-remove-channel-member'
        'mattermost-remove-group-member'
        'mattermost-set-channel-role'
        'mattermost-send-file'
        'mirror-investigation'
        'send-notification'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Mattermost', 'XSOAR', 'Cortex', 'ChatOps', 'Security', 'IncidentResponse', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/MattermostXsoar/MattermostXsoar'
            LicenseUri   = 'https://licenses.nuget.org/MIT'
            IconUri      = 'https://raw.githubusercontent.com/MattermostXsoar/MattermostXsoar/main/src/MattermostXsoar/Module/icon.png'
            ReleaseNotes = 'https://github.com/MattermostXsoar/MattermostXsoar/blob/main/CHANGELOG.md'
        }
    }
}
