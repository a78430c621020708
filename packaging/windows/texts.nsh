; What setup and uninstaller say, in both languages. A test holds that none is missing; makensis is run with -WX, which does too.
; $LOCALAPPDATA\latchkey is where latchkey.paths keeps what belongs to the person.

!macro Text NAME ENGLISH CHINESE
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend

!insertmacro Text Summary \
  "Sign-in with WeChat, QQ and any other provider for Azure AD B2C" \
  "为 Azure AD B2C 设置微信、QQ 和其他任何登录方式"
!insertmacro Text WelcomeTitle \
  "Welcome to ${NAME} ${VERSION}" \
  "欢迎使用 ${NAME} ${VERSION}"
!insertmacro Text WelcomeText \
  "${NAME} asks you a few questions and makes the files that Azure AD B2C needs, so that your customers can sign in with WeChat, QQ and other providers.$\r$\n$\r$\nIt is installed for you alone and needs no administrator. If ${NAME} is here already, it is brought up to date; your drafts and secrets stay." \
  "${NAME} 会问您几个问题，然后生成 Azure AD B2C 所需的文件，让您的客户可以用微信、QQ 和其他方式登录。$\r$\n$\r$\n程序只为您一个人安装，不需要管理员权限。如果已经装有 ${NAME}，将更新到此版本；您的草稿和密钥都会保留。"
!insertmacro Text FolderText \
  "The usual folder is right for nearly everybody." \
  "一般情况下使用默认文件夹即可。"
!insertmacro Text DoneTitle \
  "${NAME} is ready" \
  "${NAME} 已就绪"
!insertmacro Text DoneText \
  "You find it in the Start menu.$\r$\n$\r$\nDrafts are files called NAME.latchkey.toml. Windows goes by the last part of a file's name: where another program opens .toml files already, choose Open with and then ${NAME}.$\r$\n$\r$\nThe command for terminals is latchkey.exe in the program's folder." \
  "可以在“开始”菜单中找到它。$\r$\n$\r$\n草稿文件的名称形如 NAME.latchkey.toml。Windows 只看文件名的最后一段：如果 .toml 文件已由其他程序打开，请选择“打开方式”，再选择 ${NAME}。$\r$\n$\r$\n命令行程序是安装文件夹中的 latchkey.exe。"
!insertmacro Text DoneRun \
  "Start ${NAME} now" \
  "立即启动 ${NAME}"
!insertmacro Text DraftType \
  "${NAME} draft" \
  "${NAME} 草稿"
!insertmacro Text RemovingOld \
  "Removing the version before" \
  "正在移除旧版本"
!insertmacro Text Running \
  "${NAME} is running. Close it, then choose Retry. Nothing has been changed yet." \
  "${NAME} 正在运行。请先将其关闭，然后点击“重试”。目前尚未做任何更改。"
!insertmacro Text TooOld \
  "${NAME} needs a 64-bit Windows 10 (version 1903) or newer." \
  "${NAME} 需要 64 位的 Windows 10（版本 1903）或更高版本。"
!insertmacro Text OldStays \
  "The version before could not be removed. Restart the computer, then run this setup again." \
  "无法移除旧版本。请重新启动计算机，然后再次运行此安装程序。"
!insertmacro Text NotWritten \
  "Not all files could be written. Make room on the disk or choose another folder, then run this setup again." \
  "部分文件未能写入。请清理磁盘空间或选择其他文件夹，然后再次运行此安装程序。"
!insertmacro Text RemoveText \
  "${NAME} will be removed from this computer. What you made stays: your drafts and policy files, and what ${NAME} remembers for you in $LOCALAPPDATA\latchkey." \
  "即将从此计算机中移除 ${NAME}。您的内容都会保留：草稿、策略文件，以及 ${NAME} 保存在 $LOCALAPPDATA\latchkey 中的内容。"
!insertmacro Text Forget \
  "${NAME} has stored client secrets in the Windows Credential Manager. Forget them as well?$\r$\n$\r$\nThey can't be brought back. Choose No to keep them for a later installation." \
  "${NAME} 在 Windows 凭据管理器中保存了客户端密钥。是否一并删除？$\r$\n$\r$\n删除后无法恢复。如果以后还会安装，请选择“否”以保留它们。"
!insertmacro Text NotForgotten \
  "Some secrets could not be removed. You find them in the Windows Credential Manager under the name latchkey." \
  "部分密钥未能删除。您可以在 Windows 凭据管理器中找到它们，名称为 latchkey。"
!insertmacro Text RemovedTitle \
  "${NAME} is removed" \
  "${NAME} 已移除"
!insertmacro Text RemovedText \
  "Your drafts, policy files and settings are untouched. If you don't need them any more, delete $LOCALAPPDATA\latchkey yourself." \
  "您的草稿、策略文件和设置均未改动。如果不再需要，可以自行删除 $LOCALAPPDATA\latchkey。"
