# Loaded by the module itself with the first session; see RunspaceSessions.LoadViews for the reason.
@{
    ModuleVersion     = '1.0'
    GUID              = '0f6f3d53-4a6e-4a2f-8b57-7c2d7f1b9a0e'
    TypesToProcess    = @('MattermostXsoar.Types.ps1xml')
    FormatsToProcess  = @('MattermostXsoar.Format.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
