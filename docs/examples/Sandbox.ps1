# For tests of your own runbooks: starts the sandbox, calls it, stops it. PowerShell 7.4 and newer; copy it and change it as you like.
# It uses .NET only, so it also runs where the cmdlets of Microsoft.PowerShell.Utility are missing.

# Starts a sandbox on free ports and returns its addresses and tokens.
# -Sandbox is the project's folder, MattermostXsoar.Sandbox.dll if it is built already, or the tool mattermost-xsoar-sandbox; -Option is
# passed to the program.
function Start-Sandbox {
    param(
        [string] $Sandbox = "$PSScriptRoot/../../src/MattermostXsoar.Sandbox",
        [string[]] $Option = @()
    )
    $isTool = $Sandbox -like '*mattermost-xsoar-sandbox*'
    $start = [System.Diagnostics.ProcessStartInfo]::new($(if ($isTool) { $Sandbox } else { 'dotnet' }))
    $start.RedirectStandardOutput = $true
    $program = @(if ($isTool) { } elseif ($Sandbox -like '*.dll') { 'exec', $Sandbox } else { 'run', '--project', $Sandbox, '--' })
    foreach ($argument in $program + '--json', '--port', '0', '--xsoar-port', '0' + $Option) {
        $start.ArgumentList.Add($argument)
    }
    $process = [System.Diagnostics.Process]::Start($start)
    do {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The sandbox did not start; its output is above.' }
    } until ($line.StartsWith('{'))
    $info = ConvertFrom-SandboxJson ([System.Text.Json.JsonDocument]::Parse($line).RootElement)
    $info.psobject.Properties.Add([psnoteproperty]::new('Process', $process))
    $state = [System.IO.Directory]::CreateTempSubdirectory('sandbox-').FullName
    $info.psobject.Properties.Add([psnoteproperty]::new('StateFolder', $state))
    $info
}

# Connects the module to it, with a state file of its own.
function Connect-Sandbox {
    param($Sandbox)
    $parameters = @{
        Uri                 = $Sandbox.mattermostUri
        Team                = $Sandbox.team
        BotToken            = ConvertTo-SandboxSecret $Sandbox.botToken
        PersonalAccessToken = ConvertTo-SandboxSecret $Sandbox.personalAccessToken
        XsoarUri            = $Sandbox.xsoarUri
        XsoarApiKey         = ConvertTo-SandboxSecret $Sandbox.xsoarApiKey
        StatePath           = "$($Sandbox.StateFolder)/state.db"
    }
    if ($Sandbox.xsoarApiKeyId) { $parameters.XsoarApiKeyId = $Sandbox.xsoarApiKeyId }
    Connect-Mattermost @parameters
}

# Calls one of the sandbox's own routes (docs/sandbox.md), for example: Invoke-Sandbox $sandbox POST faults @{ kind = 'Stall' }
function Invoke-Sandbox {
    param($Sandbox, [string] $Method, [string] $Route, [hashtable] $Body)
    $request = [System.Net.Http.HttpRequestMessage]::new($Method, "$($Sandbox.mattermostUri)sandbox/$Route")
    if ($Body) {
        $request.Content = [System.Net.Http.StringContent]::new([System.Text.Json.JsonSerializer]::Serialize($Body, [hashtable]))
    }
    $client = [System.Net.Http.HttpClient]::new()
    try {
        $answer = $client.Send($request)
        $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        $json = [System.Text.Json.JsonDocument]::Parse($text).RootElement
        if (-not $answer.IsSuccessStatusCode) { throw "$Method $Route`: $($json.GetProperty('message').GetString())" }
        ConvertFrom-SandboxJson $json
    }
    finally {
        $client.Dispose()
    }
}

# Stops it and deletes the state file.
function Stop-Sandbox {
    param($Sandbox)
    $Sandbox.Process.Kill($true)
    $Sandbox.Process.WaitForExit()
    [System.IO.Directory]::Delete($Sandbox.StateFolder, $true)
}

function ConvertTo-SandboxSecret([string] $Text) {
    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

function ConvertFrom-SandboxJson([System.Text.Json.JsonElement] $Element) {
    switch ($Element.ValueKind) {
        'Object' {
            $object = [pscustomobject]@{}
            foreach ($property in $Element.EnumerateObject()) {
                $object.psobject.Properties.Add([psnoteproperty]::new($property.Name, (ConvertFrom-SandboxJson $property.Value)))
            }
            $object
        }
        'Array' { foreach ($item in $Element.EnumerateArray()) { ConvertFrom-SandboxJson $item } }
        'String' { $Element.GetString() }
        'Number' { $Element.GetDouble() }
        'True' { $true }
        'False' { $false }
    }
}
