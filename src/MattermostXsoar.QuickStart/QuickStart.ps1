# Connect. Tokens are SecureStrings; in a runbook they come from Get-Secret or from a configuration file.
Connect-Mattermost -Uri $MattermostUri -BotToken $BotToken -PersonalAccessToken $PersonalToken -Team 'panw' -NotificationChannel 'alerts' -XsoarUri $XsoarUri -XsoarApiKey $XsoarApiKey -StatePath $StatePath

# Is everything as it should be? This posts a test message into the notification channel.
Test-MattermostConnection

# Look around.
Get-MattermostTeam
Get-MattermostChannel
Get-MattermostChannel -Name 'te*', 'secret' -IncludePrivate

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

# A playbook's line, in the words of the original integration.
mattermost-get-team -team_name panw

# A mistake says what happened and what to do next.
Start-MattermostMirror -InvestigationId 4711

# Done: stop the mirror and archive its channel, then leave.
Stop-MattermostMirror -InvestigationId 1 -CloseChannel
Disconnect-Mattermost
