# A runbook: closes the channel of an investigation, but only when every message has arrived on the other side.
# It needs a session (Connect-Mattermost).
param(
    [Parameter(Mandatory)]
    [string] $InvestigationId
)
$ErrorActionPreference = 'Stop'

# Returns when everything that was written up to now has arrived or was refused.
$mirror = Sync-MattermostMirror -InvestigationId $InvestigationId
if ($mirror.Failed -gt 0) {
    throw "Investigation ${InvestigationId}: $($mirror.Failed) message(s) were refused, the channel stays open. Last error: $($mirror.LastError)"
}
Stop-MattermostMirror -InvestigationId $InvestigationId -CloseChannel
