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
    pos*: int ## Where it is in the word.
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

proc skipBlanks(word: string, at: var int) =
  while at < word.len and word[at] in {'\t', ' '}: inc at

proc shortOption(p: var OptParser, word: string) =
  # One of the letters behind `-`. A value ends the word, and so does a blank.
  p.kind = cmdShortOption
  if p.pos < word.len: p.key.add word[p.pos]
  inc p.pos
  let start = p.pos
  skipBlanks(word, p.pos)
  p.inShortState = p.pos == start
  let takesValue = p.shortNoVal.len > 0 and p.key.len > 0 and p.key[0] notin p.shortNoVal
  if p.pos < word.len and (takesValue or word[p.pos] in {':', '='}):
    if word[p.pos] in {':', '='}: inc p.pos
    skipBlanks(word, p.pos)
    p.val = substr(word, p.pos)
    p.pos = word.len
  if p.pos >= word.len:
    p.inShortState = false
    nextWord(p)

proc longName(word: string, at: var int): string =
  # A name may stand in quotes.
  let quoted = at < word.len and word[at] == '"'
  if quoted: inc at
  while at < word.len and (if quoted: word[at] != '"' else: word[at] notin {' ', '\t', ':', '='}):
    result.add word[at]
    inc at
  if quoted: inc at

proc longOption(p: var OptParser, word: string, first: int) =
  p.kind = cmdLongOption
  var at = first
  p.key = longName(word, at)
  skipBlanks(word, at)
  nextWord(p)
  if at < word.len and word[at] in {':', '='}:
    inc at
    skipBlanks(word, at)
    p.val = substr(word, at)
    if p.val.len > 0 or not p.allowWhitespaceAfterColon: return
  elif p.longNoVal.len == 0 or p.key in p.longNoVal: return
  if p.idx < p.cmds.len:
    p.val = p.cmds[p.idx]
    nextWord(p)

proc next*(p: var OptParser) =
  ## Reads what comes next.
  if p.idx >= p.cmds.len:
    p.kind = cmdEnd
    return
  p.key = ""
  p.val = ""
  let word = p.cmds[p.idx]
  skipBlanks(word, p.pos)
  if p.inShortState: shortOption(p, word)
  elif p.pos < word.len and word[p.pos] == '-':
    inc p.pos
    if p.pos < word.len and word[p.pos] == '-': longOption(p, word, p.pos + 1)
    else: shortOption(p, word)
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
