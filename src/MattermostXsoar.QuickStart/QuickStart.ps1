# Connect. Tokens are SecureStrings; in a runbook they come from Get-Secret or from a configuration file.
Connect-Mattermost -Uri $MattermostUri -BotToken $BotToken -PersonalAccessToken $PersonalToken -Team 'panw' -NotificationChannel 'alerts' -XsoarUri $XsoarUri -XsoarApiKey $XsoarApiKey -StatePath $StatePath

# Is everything as it should be? This posts a test message into the notification channel.
Test-MattermostConnection

# Look around.
Get-MattermostTeam
Get-MattermostChannel -Name 'te*', 'secret' -IncludePrivate
Get-MattermostUser -Channel alerts

# A channel for a case: make it, invite people, tell them, send the evidence, and close it when the case is over.
New-MattermostChannel 'Phishing wave' phishing-wave -Type Private
Add-MattermostChannelMember phishing-wave user2, user3@example.com -PassThru
Send-MattermostNotification 'Two hosts are isolated.' -Channel phishing-wave -InvestigationId 1 -PassThru
Send-MattermostFile $Report -Channel phishing-wave -Message 'The evidence' -PassThru
Close-MattermostChannel phishing-wave

# Mirror investigation 1 with a private channel of its own, and wait until the listener hears both sides.
Start-MattermostMirror -InvestigationId 1
Wait-MattermostListener -State Connected -TimeoutSec 60

# Two people join the channel; people write on both sides. ($People plays them: it stands in for your colleagues.)
$People.Join('incident-1', 'user2', 'user3')
$People.SayInChat('incident-1', 'user2', 'Is the host isolated? :thinking:')
$People.SayInWarRoom('1', 'jane', 'Yes, since 14:02. @channel keep it off the net, please.')
$People.SayInChat('incident-1', 'user3', '!DeleteEverything')
Sync-MattermostMirror -InvestigationId 1

# What stands on each side now. A command from the chat is only text; @channel pings nobody.
$People.ReadWarRoom('1')
$People.ReadChannel('incident-1')

# A busy night: 200 lines each way at the same time.
$People.Burst('incident-1', '1', 200)
Sync-MattermostMirror -InvestigationId 1

# How the mirror and its listener are doing.
Get-MattermostMirror
Get-MattermostListener

# A playbook's line in the words of the original integration, and its result as XSOAR's context has it.
mattermost-list-channels -team panw -limit 2
(mattermost-get-team -team_name panw | ConvertTo-MattermostContext).Mattermost.Team.display_name

# A mistake says what happened and what to do next.
Start-MattermostMirror -InvestigationId 4711

# Done: stop the mirror and archive its channel, then leave.
Stop-MattermostMirror -InvestigationId 1 -CloseChannel
Disconnect-Mattermost
