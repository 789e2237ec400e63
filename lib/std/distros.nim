## Which system a program runs on, and how packages are installed there.

from std/os import existsEnv
from std/osproc import execProcess
from std/strutils import contains, toLowerAscii

type
  Distribution* {.pure.} = enum
    ## Systems with names.
    Windows, Posix, MacOSX, Linux, Ubuntu, Debian, Gentoo, Fedora, RedHat, OpenSUSE, Manjaro, Elementary, Zorin,
    CentOS, Deepin, ArchLinux, Artix, Antergos, PCLinuxOS, Mageia, LXLE, Solus, Lite, Slackware, Androidx86, Puppy,
    Peppermint, Tails, AntiX, Kali, SparkyLinux, Apricity, BlackLab, Bodhi, TrueOS, ArchBang, KaOS, WattOS, Korora,
    Simplicity, RemixOS, OpenMandriva, Netrunner, Alpine, BlackArch, Ultimate, Gecko, Parrot, KNOPPIX, GhostBSD,
    Sabayon, Salix, Q4OS, ClearOS, Container, ROSA, Zenwalk, Parabola, ChaletOS, BackBox, MXLinux, Vector, Maui,
    Qubes, RancherOS, Oracle, TinyCore, Robolinux, Trisquel, Voyager, Clonezilla, SteamOS, Absolute, NixOS, AUSTRUMI,
    Arya, Porteus, AVLinux, Elive, Bluestar, SliTaz, Solaris, Chakra, Wifislax, Scientific, ExTiX, Rockstor,
    GoboLinux, Void, BSD, FreeBSD, OpenBSD, DragonFlyBSD, Haiku

const LacksDevPackages* = {Distribution.Gentoo, Distribution.Slackware, Distribution.ArchLinux, Distribution.Artix,
  Distribution.Antergos, Distribution.BlackArch, Distribution.ArchBang} ## Their packages have the headers in them.

var answers: array[4, string] # of the commands below, kept

proc ask(number: int): string =
  const commands = ["uname -a", "cat /etc/os-release | grep ^ID=", "lsb_release -d", "hostnamectl"]
  if answers[number].len == 0: answers[number] = execProcess(commands[number])
  answers[number]

proc uname(): string = ask(0)
proc osId(): string = ask(1)
proc release(): string = ask(2)

proc isNamed(d: Distribution): bool =
  let name = toLowerAscii($d)
  name in toLowerAscii(osId()) or name in toLowerAscii(release()) or name in toLowerAscii(uname()) or
    "operating system: " & name in toLowerAscii(ask(3))

proc isLinux(d: Distribution): bool =
  case d
  of Distribution.Gentoo: "-" & $d & " " in uname()
  of Distribution.Elementary, Distribution.Ubuntu, Distribution.Debian, Distribution.Fedora, Distribution.OpenMandriva,
      Distribution.CentOS, Distribution.Alpine, Distribution.Mageia, Distribution.Zorin, Distribution.Void:
    toLowerAscii($d) in osId()
  of Distribution.RedHat: "rhel" in osId()
  of Distribution.ArchLinux: "arch" in osId()
  of Distribution.Artix: "artix" in osId()
  of Distribution.NixOS: existsEnv("NIX_BUILD_TOP") or existsEnv("__NIXOS_SET_ENVIRONMENT_DONE")
  of Distribution.OpenSUSE: "suse" in toLowerAscii(uname()) or "suse" in toLowerAscii(release())
  of Distribution.GoboLinux: "-Gobo " in uname()
  of Distribution.Solaris: "sun" in toLowerAscii(uname()) or "solaris" in toLowerAscii(uname())
  of Distribution.Haiku: false
  else: isNamed(d)

proc detectOsImpl(d: Distribution): bool =
  case d
  of Distribution.Windows: defined(windows)
  of Distribution.Posix: defined(posix)
  of Distribution.MacOSX: defined(macosx)
  of Distribution.Linux: defined(linux)
  of Distribution.BSD: false
  else: defined(linux) and isLinux(d)

template detectOs*(d: untyped): bool = detectOsImpl(Distribution.d)
  ## Does the program run there?

var foreignDeps*: seq[string] ## The commands that install what was asked for.

proc foreignCmd*(cmd: string, requiresSudo = false) =
  ## Adds a command.
  foreignDeps.add((if requiresSudo: "sudo " else: "") & cmd)

proc foreignDepInstallCmd*(foreignPackageName: string): (string, bool) =
  ## The command that installs a package, and whether it needs `sudo`.
  let installer =
    when not defined(linux): "brew install "
    elif true:
      if detectOs(Ubuntu) or detectOs(Elementary) or detectOs(Debian) or detectOs(KNOPPIX) or detectOs(SteamOS):
        "apt-get install "
      elif detectOs(Gentoo): "emerge install "
      elif detectOs(Fedora): "yum install "
      elif detectOs(RedHat): "rpm install "
      elif detectOs(OpenSUSE): "yast -i "
      elif detectOs(Slackware): "installpkg "
      elif detectOs(OpenMandriva): "urpmi "
      elif detectOs(ZenWalk): "netpkg install "
      elif detectOs(NixOS): "nix-env -i "
      elif detectOs(Solaris) or detectOs(FreeBSD): "pkg install "
      elif detectOs(OpenBSD): "pkg_add "
      elif detectOs(PCLinuxOS): "rpm -ivh "
      elif detectOs(ArchLinux) or detectOs(Manjaro) or detectOs(Artix): "pacman -S "
      elif detectOs(Void): "xbps-install "
      else: "<your package manager here> install "
  (installer & foreignPackageName, installer notin ["brew install ", "nix-env -i "])

proc foreignDep*(foreignPackageName: string) =
  ## Adds the command that installs a package.
  let (command, requiresSudo) = foreignDepInstallCmd(foreignPackageName)
  foreignCmd(command, requiresSudo)

proc echoForeignDeps*() =
  ## Prints the commands.
  for command in foreignDeps: echo command
