# What the tests have in common: a sandbox, and the module connected with it, by the functions that users are given (docs/examples/Sandbox.ps1).
. "$PSScriptRoot/../../docs/examples/Sandbox.ps1"

function Start-TestServer([string] $Module, [string] $Sandbox, [string[]] $Option = @()) {
    Import-Module -Name $Module
    $server = Start-Sandbox -Sandbox $Sandbox -Option $Option
    $null = Connect-Sandbox $server
    $server
}

function Stop-TestServer($Server) {
    Disconnect-Mattermost -ErrorAction SilentlyContinue
    Stop-Sandbox $Server
}

# What a person sees at a prompt that is 120 columns wide.
function Show-Output([scriptblock] $Script) {
    $PSStyle.OutputRendering = 'PlainText'
    (& $Script | Out-String -Width 120).Trim()
}
