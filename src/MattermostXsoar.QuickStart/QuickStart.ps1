# Connect. Tokens are SecureStrings; in a runbook they come from Get-Secret or from a configuration file.
Connect-Mattermost -Uri $MattermostUri -BotToken $BotToken -PersonalAccessToken $PersonalToken -Team 'panw' -NotificationChannel 'alerts' -XsoarUri $XsoarUri -XsoarApiKey $XsoarApiKey -StatePath $StatePath

# Check the connection. This posts a test message into the notification channel.
Test-MattermostConnection

# Look at teams, channels and users.
Get-MattermostTeam
Get-MattermostChannel -Name 'te*', 'secret' -IncludePrivate
Get-MattermostUser -Channel alerts

# A channel for a case: create it, add people, notify them, send the evidence, and close it when the case is over.
New-MattermostChannel 'Phishing wave' phishing-wave -Type Private
Add-MattermostChannelMember phishing-wave user2, user3@example.com -PassThru
Send-MattermostNotification 'Two hosts are isolated.' -Channel phishing-wave -InvestigationId 1 -PassThru
Send-MattermostFile $Report -Channel phishing-wave -Message 'The evidence' -PassThru
Close-MattermostChannel phishing-wave

# Mirror investigation 1 with a private channel of its own, and wait until the listener is connected to both sides.
Start-MattermostMirror -InvestigationId 1
Wait-MattermostListener -State Connected -TimeoutSec 60

# Two people join the channel; people write on both sides. ($People plays your colleagues.)
$People.Join('incident-1', 'user2', 'user3')
$People.WriteInChat('incident-1', 'user2', 'Is the host isolated? :thinking:')
$People.WriteInWarRoom('1', 'jane', 'Yes, since 14:02. @channel keep it off the net, please.')
$People.WriteInChat('incident-1', 'user3', '!DeleteEverything')
Sync-MattermostMirror -InvestigationId 1

# What is on each side now. A command from the chat is only text; @channel notifies nobody.
$People.ReadWarRoom('1')
$People.ReadChannel('incident-1')

# A busy night: 200 messages each way at the same time.
$People.Burst('incident-1', '1', 200)
Sync-MattermostMirror -InvestigationId 1

# The state of the mirror and of its listener.
Get-MattermostMirror
Get-MattermostListener

# A playbook's command with the names of the original integration, and its result in the form of XSOAR's context.
mattermost-list-channels -team panw -limit 2
(mattermost-get-team -team_name panw | ConvertTo-MattermostContext).Mattermost.Team.display_name

# An error says what happened and what to do next.
Start-MattermostMirror -InvestigationId 4711

# Done: stop the mirror, archive its channel, and disconnect.
Stop-MattermostMirror -InvestigationId 1 -CloseChannel
Disconnect-Mattermost
