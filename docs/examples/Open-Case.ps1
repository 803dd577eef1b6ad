# A runbook: opens a channel that mirrors the War Room of an investigation, and notifies those on duty.
# It needs a session (Connect-Mattermost).
param(
    [Parameter(Mandatory)]
    [string] $InvestigationId,

    # The channel of those on duty.
    [string] $NotificationChannel = 'alerts'
)
$ErrorActionPreference = 'Stop'

$mirror = Start-MattermostMirror -InvestigationId $InvestigationId
$null = Wait-MattermostListener -State Connected -TimeoutSec 60
Send-MattermostNotification "Investigation $InvestigationId is discussed in ~$($mirror.ChannelName)." -Channel $NotificationChannel -InvestigationId $InvestigationId
$mirror
