## What there is in the world outside while the compiler evaluates: the environment, files and directories.

type Standing* = enum
  ## What stands at a path.
  nothing, file, linkToFile, directory, linkToDirectory

when defined(midair):
  proc asked(kind: char, text: string): TreeReader =
    var question = $kind
    question.putString text
    askCompiler(question)

  proc variableOutside*(name: string): tuple[there: bool, value: string] =
    ## A variable of the environment.
    var r = asked('E', name)
    result.there = r.treeNumber == 1
    result.value = r.treeString

  proc standingOutside*(path: string): Standing =
    ## What stands at a path.
    var r = asked('F', path)
    Standing(r.treeNumber)

  proc mainModuleOutside*(): string =
    ## The path of the program's main module.
    var r = askCompiler("P")
    r.treeString

  proc namesOutside*(path: string): seq[string] =
    ## The names in a directory, in the order of the alphabet.
    var r = asked('D', path)
    for _ in 1 .. r.treeNumber: result.add r.treeString
else:
  # The real Nim has answers of its own in the place of the routines that ask.
  proc variableOutside*(name: string): tuple[there: bool, value: string] = discard
  proc standingOutside*(path: string): Standing = discard
  proc mainModuleOutside*(): string = discard
  proc namesOutside*(path: string): seq[string] = discard
