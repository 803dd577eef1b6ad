# A runbook: opens a channel for an investigation, in which people and the War Room hear each other, and says so to those on duty.
# It expects to be connected (Connect-Mattermost).
param(
    [Parameter(Mandatory)]
    [string] $InvestigationId,

    # Where those on duty read.
    [string] $NotificationChannel = 'alerts'
)
$ErrorActionPreference = 'Stop'

$mirror = Start-MattermostMirror -InvestigationId $InvestigationId
$null = Wait-MattermostListener -State Connected -TimeoutSec 60
Send-MattermostNotification "Investigation $InvestigationId is talked about in ~$($mirror.ChannelName)." -Channel $NotificationChannel -InvestigationId $InvestigationId
$mirror
