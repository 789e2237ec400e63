## How the program is compiled. What midair has nothing of is empty.

import std/[os, private/outside]

type
  SingleValueSetting* {.pure.} = enum ## Settings with one value.
    arguments, outFile, outDir, nimcacheDir, projectName, projectPath, projectFull, command, commandLine, linkOptions,
    compileOptions, ccompilerPath, backend, libPath, gc, mm
  MultipleValueSetting* {.pure.} = enum ## Settings with several.
    nimblePaths, searchPaths, lazyPaths, commandArgs, cincludes, clibs

proc querySetting*(setting: SingleValueSetting): string {.compileTime, noSideEffect.} =
  ## What one setting is.
  let main = mainModuleOutside()
  case setting
  of outDir, projectPath: main.parentDir
  of outFile, projectName: main.splitFile.name
  of projectFull: main
  of nimcacheDir: getTempDir() / "nimcache"
  of command, backend: "c"
  of gc, mm: "orc"
  else: ""

proc querySettingSeq*(setting: MultipleValueSetting): seq[string] {.compileTime, noSideEffect.} =
  ## What several are.
  if setting == commandArgs: @[mainModuleOutside()] else: @[]
