# A runbook: closes the channel of an investigation, but only when every line has arrived on the other side.
# It expects to be connected (Connect-Mattermost).
param(
    [Parameter(Mandatory)]
    [string] $InvestigationId
)
$ErrorActionPreference = 'Stop'

# Returns when everything that was said up to now has arrived or was refused.
$mirror = Sync-MattermostMirror -InvestigationId $InvestigationId
if ($mirror.Failed -gt 0) {
    throw "Investigation ${InvestigationId}: $($mirror.Failed) line(s) were refused, the channel stays open. Last error: $($mirror.LastError)"
}
Stop-MattermostMirror -InvestigationId $InvestigationId -CloseChannel
