## Command-line options: `-a`, `-ab`, `--name`, `--name:value`, `--name=value` and arguments.

import std/[os, strutils]

type
  CmdLineKind* = enum
    ## What comes next.
    cmdEnd ## Nothing.
    cmdArgument ## An argument; its text is the key.
    cmdLongOption ## `--key`, perhaps with a value.
    cmdShortOption ## `-k`, perhaps with a value.
  OptParser* = object of RootObj
    ## A command line that is being read.
    pos: int
    inShortState: bool
    allowWhitespaceAfterColon: bool
    shortNoVal: set[char]
    longNoVal: seq[string]
    cmds: seq[string]
    idx: int
    kind*: CmdLineKind ## What was read.
    key*, val*: string ## Its name or text, and its value.

proc initOptParser*(cmdline: seq[string], shortNoVal: set[char] = {}, longNoVal: seq[string] = @[],
    allowWhitespaceAfterColon = true): OptParser =
  ## Reads these words, or the program's own. If options without a value are named, others take the word after them.
  result = OptParser(shortNoVal: shortNoVal, longNoVal: longNoVal, allowWhitespaceAfterColon: allowWhitespaceAfterColon)
  if cmdline.len > 0: result.cmds = cmdline
  else:
    for i in 1 .. paramCount(): result.cmds.add(paramStr(i))

proc initOptParser*(cmdline = "", shortNoVal: set[char] = {}, longNoVal: seq[string] = @[],
    allowWhitespaceAfterColon = true): OptParser =
  initOptParser(parseCmdLine(cmdline), shortNoVal, longNoVal, allowWhitespaceAfterColon)

proc nextWord(p: var OptParser) =
  inc p.idx
  p.pos = 0

proc takeWord(p: var OptParser) =
  # The next word is the value.
  p.val = p.cmds[p.idx]
  nextWord(p)

proc valueAfter(p: var OptParser, word: string, at: int) =
  # What stands behind `:` or `=` at `at`.
  p.val = substr(word, at + 1)
  nextWord(p)
  if p.val.len == 0 and p.allowWhitespaceAfterColon and p.idx < p.cmds.len: takeWord(p)

proc shortOption(p: var OptParser) =
  let word = p.cmds[p.idx]
  p.kind = cmdShortOption
  p.key = $word[p.pos]
  p.val = ""
  inc p.pos
  p.inShortState = true
  if p.pos < word.len and word[p.pos] in {':', '='}:
    p.inShortState = false
    valueAfter(p, word, p.pos)
  elif p.shortNoVal.len > 0 and p.key[0] notin p.shortNoVal:
    p.inShortState = false
    if p.pos < word.len:
      p.val = substr(word, p.pos)
      nextWord(p)
    else:
      nextWord(p)
      if p.idx < p.cmds.len: takeWord(p)
  elif p.pos >= word.len:
    p.inShortState = false
    nextWord(p)

proc longOption(p: var OptParser, word: string) =
  p.kind = cmdLongOption
  var at = 2
  while at < word.len and word[at] notin {':', '='}: inc at
  p.key = substr(word, 2, at - 1)
  p.val = ""
  if at < word.len: valueAfter(p, word, at)
  else:
    nextWord(p)
    if p.longNoVal.len > 0 and p.key notin p.longNoVal and p.idx < p.cmds.len: takeWord(p)

proc next*(p: var OptParser) =
  ## Reads what comes next.
  if p.inShortState:
    shortOption(p)
    return
  p.val = ""
  if p.idx >= p.cmds.len:
    p.kind = cmdEnd
    p.key = ""
    return
  let word = p.cmds[p.idx]
  if word.startsWith("--") and word.len > 2: longOption(p, word)
  elif word.startsWith("--"):
    p.kind = cmdLongOption
    p.key = ""
    nextWord(p)
  elif word.len > 1 and word[0] == '-':
    p.pos = 1
    shortOption(p)
  else:
    p.kind = cmdArgument
    p.key = word
    nextWord(p)

proc remainingArgs*(p: OptParser): seq[string] =
  ## The words that have not been read.
  for i in p.idx ..< p.cmds.len: result.add(p.cmds[i])

proc cmdLineRest*(p: OptParser): string = quoteShellCommand(remainingArgs(p))
  ## The words that have not been read, as a command line.

iterator getopt*(p: var OptParser): tuple[kind: CmdLineKind, key, val: string] =
  ## All that is left.
  p.pos = 0
  p.idx = 0
  while true:
    next(p)
    if p.kind == cmdEnd: break
    yield (p.kind, p.key, p.val)

iterator getopt*(cmdline: seq[string] = @[], shortNoVal: set[char] = {}, longNoVal: seq[string] = @[]):
    tuple[kind: CmdLineKind, key, val: string] =
  ## All options and arguments of these words, or of the program.
  var p = initOptParser(cmdline, shortNoVal, longNoVal)
  while true:
    next(p)
    if p.kind == cmdEnd: break
    yield (p.kind, p.key, p.val)
