## The program's arguments, and command lines as text.

when defined(midair):
  proc rtArgCount(): int {.magic: "RtArgCount".}
  proc rtArg(index: int, len: ptr int): pointer {.magic: "RtArg".}

  proc paramCount*(): int = rtArgCount()
    ## How many arguments there are.

  proc paramStr*(i: int): string =
    ## An argument; the first is 1, and 0 is the program. IndexDefect when there is none.
    if i < 0 or i > rtArgCount():
      raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $rtArgCount())
    var len: int
    let p = rtArg(i, addr len)
    result = newString(len)
    if len > 0: copyMem(addr result[0], p, len)
else:
  var cArgCount {.importc: "cmdCount".}: cint
  var cArgs {.importc: "cmdLine".}: ptr UncheckedArray[cstring]

  proc paramCount*(): int = int(cArgCount) - 1
  proc paramStr*(i: int): string =
    if i < 0 or i >= int(cArgCount):
      raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $(int(cArgCount) - 1))
    $cArgs[i]

proc commandLineParams*(): seq[string] {.sideEffect, tags: [ReadIOEffect].} =
  ## All arguments.
  for i in 1 .. paramCount(): result.add(paramStr(i))

proc parseCmdLine*(c: string): seq[string] =
  ## The words of a command line. Quotes hold a word together.
  var i = 0
  while true:
    while i < c.len and c[i] in {' ', '\t', '\n', '\r'}: inc i
    if i >= c.len: break
    var word = ""
    if c[i] in {'\'', '"'}:
      let quote = c[i]
      inc i
      while i < c.len and c[i] != quote:
        word.add(c[i])
        inc i
      if i < c.len: inc i
    else:
      while i < c.len and c[i] > ' ':
        word.add(c[i])
        inc i
    result.add(word)
