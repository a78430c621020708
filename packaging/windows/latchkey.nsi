; The Windows setup: for one person, without administrator's rights, in English and Simplified Chinese.
;
;   packaging/windows/build.py calls makensis with what it knows: VERSION, NUMBERS (four of them), NAME, PUBLISHER, LICENCE,
;   SIZE_KB, OUT, ART (icons and pictures), PAYLOAD (payload.nsh: which files there are), STUB (an NSIS target, or nothing),
;   PACKING (lzma for a release, zlib for tests), SIGN (a command that signs the file given behind it, or nothing).
;
; For whoever installs on many computers:
;   setup.exe /S [/D=FOLDER]       installs or upgrades without a question; /LANG=1033 or /LANG=2052 chooses the language
;   uninstall.exe /S [/FORGET]     removes it; with /FORGET also the client secrets in the Credential Manager
; Exit status: 0 done · 1 cancelled · 2 failed · 3 Latchkey is running, nothing was changed · 4 this Windows is too old.

!ifdef STUB
  Target ${STUB}
!endif
!include LogicLib.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include StrFunc.nsh
${Using:StrFunc} UnStrStr

!define WIZARD "latchkey-wizard.exe"
!define COMMAND "latchkey.exe"
!define DRAFT "Latchkey.Draft"
!define CLASSES "Software\Classes"
!define OWN_KEY "Software\${NAME}"
!define REMOVE_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define CHOSEN_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.toml\UserChoice"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${REMOVE_KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID ${PACKING}
SetDateSave on
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro VersionResource LANGUAGE DESCRIPTION
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "${PUBLISHER}, ${LICENCE}"
!macroend
!insertmacro VersionResource 1033 "${NAME} setup"
!insertmacro VersionResource 2052 "${NAME} 安装程序"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ART}/setup.ico"
!define MUI_UNICON "${ART}/setup.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ART}/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${ART}/side.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${ART}/header.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${ART}/header.bmp"
!define MUI_ABORTWARNING

!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!insertmacro MUI_PAGE_WELCOME
!define MUI_DIRECTORYPAGE_TEXT_TOP "$(FolderText)"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(DoneTitle)"
!define MUI_FINISHPAGE_TEXT "$(DoneText)"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WIZARD}"
!define MUI_FINISHPAGE_RUN_TEXT "$(DoneRun)"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemoveText)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(RemovedTitle)"
!define MUI_FINISHPAGE_TEXT "$(RemovedText)"
!insertmacro MUI_UNPAGE_FINISH

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
SetFont /LANG=${LANG_ENGLISH} "Segoe UI" 9      ; what Windows itself writes with; NSIS would take those of Windows 2000
SetFont /LANG=${LANG_SIMPCHINESE} "Microsoft YaHei UI" 9
!include "texts.nsh"
!include "${PAYLOAD}"

Var Before      ; where Latchkey was installed before, or nothing
Var Upgrading   ; in the uninstaller: 1 when a setup called it, which will put in new files

; ---- what setup and uninstaller share -------------------------------------------------------------------------------

; A program that runs can't be written to. Asks for its end; leaves with 3 when it does not come.
!macro RefuseWhileRunning FOLDER
  ${Do}
    StrCpy $R9 ""
    !insertmacro SeeWhetherFree "${FOLDER}\${WIZARD}"
    !insertmacro SeeWhetherFree "${FOLDER}\${COMMAND}"
    ${If} $R9 == ""
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
!macroend

!macro SeeWhetherFree FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $R8 "${FILE}" a
    ${If} ${Errors}
      StrCpy $R9 "busy"
    ${Else}
      FileClose $R8
    ${EndIf}
  ${EndIf}
!macroend

!macro ChooseLanguage
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R1 == 2052
    StrCpy $LANGUAGE 2052
  ${ElseIfNot} ${Errors}
  ${AndIf} $R1 == 1033
    StrCpy $LANGUAGE 1033
  ${EndIf}
!macroend

!macro TellExplorer     ; that file types have changed: SHCNE_ASSOCCHANGED
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; ---- setup ----------------------------------------------------------------------------------------------------------

Function .onInit
  SetRegView 64
  !insertmacro ChooseLanguage
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 18362      ; 1903: Qt takes icuuc.dll from Windows, which has it since then
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ReadRegStr $Before HKCU "${REMOVE_KEY}" "InstallLocation"
FunctionEnd

Section
  !insertmacro RefuseWhileRunning "$INSTDIR"
  ${If} $Before != ""
  ${AndIf} ${FileExists} "$Before\uninstall.exe"
    !insertmacro RefuseWhileRunning "$Before"
    DetailPrint "$(RemovingOld)"
    ClearErrors
    ExecWait '"$Before\uninstall.exe" /S /UPGRADE _?=$Before' $R0
    ${If} ${Errors}
    ${OrIf} $R0 <> 0
      MessageBox MB_OK|MB_ICONSTOP "$(OldStays)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    ${If} $Before != $INSTDIR           ; it can't delete itself when it is called like that
      Delete "$Before\uninstall.exe"
      RMDir "$Before"
    ${EndIf}
  ${EndIf}

  ClearErrors
  !insertmacro InstallPayload
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$(NotWritten)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetOutPath "$INSTDIR"                 ; where a program starts that a link opens
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WIZARD}" "" "$INSTDIR\${WIZARD}" 0 SW_SHOWNORMAL "" "$(Summary)"
  Call RegisterFileType

  WriteRegStr HKCU "${REMOVE_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${REMOVE_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVE_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${REMOVE_KEY}" "DisplayIcon" "$INSTDIR\${WIZARD},0"
  WriteRegStr HKCU "${REMOVE_KEY}" "Comments" "$(Summary)"
  WriteRegStr HKCU "${REMOVE_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVE_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVE_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${REMOVE_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVE_KEY}" "NoRepair" 1
SectionEnd

; Windows goes by what stands behind the last dot, so a draft (NAME.latchkey.toml) is a .toml to it. Latchkey joins the programs that
; open .toml ("Open with", and the settings' default programs). A double click opens drafts in Latchkey where no program has
; asked for .toml before; what a person or another program has chosen stays.
Function RegisterFileType
  WriteRegStr HKCU "${CLASSES}\${DRAFT}" "" "$(DraftType)"
  WriteRegStr HKCU "${CLASSES}\${DRAFT}\DefaultIcon" "" "$INSTDIR\${WIZARD},1"
  WriteRegStr HKCU "${CLASSES}\${DRAFT}\shell\open\command" "" '"$INSTDIR\${WIZARD}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.toml\OpenWithProgids" "${DRAFT}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${WIZARD}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\${WIZARD}\SupportedTypes" ".toml" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${WIZARD}\DefaultIcon" "" "$INSTDIR\${WIZARD},1"
  WriteRegStr HKCU "${CLASSES}\Applications\${WIZARD}\shell\open\command" "" '"$INSTDIR\${WIZARD}" "%1"'
  WriteRegStr HKCU "${OWN_KEY}\Capabilities" "ApplicationName" "${NAME}"
  WriteRegStr HKCU "${OWN_KEY}\Capabilities" "ApplicationDescription" "$(Summary)"
  WriteRegStr HKCU "${OWN_KEY}\Capabilities\FileAssociations" ".toml" "${DRAFT}"
  WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "${OWN_KEY}\Capabilities"
  ReadRegStr $R0 HKCR ".toml" ""        ; anybody's on this computer
  ReadRegStr $R1 HKCU "${CLASSES}\.toml" ""
  ReadRegStr $R2 HKCU "${CHOSEN_KEY}" "ProgId"
  ${If} "$R0$R1$R2" == ""
    WriteRegStr HKCU "${CLASSES}\.toml" "" "${DRAFT}"
  ${EndIf}
  !insertmacro TellExplorer
FunctionEnd

; ---- uninstaller ----------------------------------------------------------------------------------------------------

Function un.onInit
  SetRegView 64
  !insertmacro ChooseLanguage
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/UPGRADE" $R1
  ${IfNot} ${Errors}
    StrCpy $Upgrading 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning "$INSTDIR"
  ${If} $Upgrading <> 1
    Call un.OfferToForget
  ${EndIf}
  SetOutPath "$TEMP"                    ; a folder that somebody stands in can't be removed
  !insertmacro RemovePayload            ; our files, one by one: whatever a person has put beside them stays
  ${If} $Upgrading <> 1
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Call un.UnregisterFileType
    DeleteRegKey HKCU "${OWN_KEY}"
    DeleteRegKey HKCU "${REMOVE_KEY}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
  ${EndIf}
SectionEnd

; The program alone knows what it has put into the Credential Manager; so it is asked, and does it.
Function un.OfferToForget
  nsExec::ExecToStack '"$INSTDIR\${COMMAND}" secrets list --json'
  Pop $R0
  Pop $R1
  ${If} $R0 != 0
    Return
  ${EndIf}
  ${UnStrStr} $R2 $R1 '"policy_key"'
  ${If} $R2 == ""
    Return
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/FORGET" $R1
  ${If} ${Errors}
  ${AndIf} ${Cmd} `MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(Forget)" /SD IDNO IDNO`
    Return
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\${COMMAND}" secrets delete --all'
  Pop $R0
  ${If} $R0 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotForgotten)" /SD IDOK
  ${EndIf}
FunctionEnd

Function un.UnregisterFileType
  ReadRegStr $R0 HKCU "${CLASSES}\.toml" ""
  ${If} $R0 == "${DRAFT}"
    DeleteRegValue HKCU "${CLASSES}\.toml" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.toml\OpenWithProgids" "${DRAFT}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.toml\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.toml"
  DeleteRegKey HKCU "${CLASSES}\${DRAFT}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${WIZARD}"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  !insertmacro TellExplorer
FunctionEnd
