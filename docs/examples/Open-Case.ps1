# A runbook: opens a channel for an investigation, in which people and the War Room hear each other.
# It expects to be connected (Connect-Mattermost).
param(
    [Parameter(Mandatory)]
    [string] $InvestigationId
)
$ErrorActionPreference = 'Stop'

$mirror = Start-MattermostMirror -InvestigationId $InvestigationId
$null = Wait-MattermostListener -State Connected -TimeoutSec 60
$mirror
