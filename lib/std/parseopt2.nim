## The older `parseopt`: letters behind one `-` are one option.

{.deprecated: "Use the 'parseopt' module instead".}

import std/[os, strutils]

type
  CmdLineKind* = enum
    ## What comes next.
    cmdEnd ## Nothing.
    cmdArgument ## An argument; its text is the key.
    cmdLongOption ## `--key`, perhaps with a value.
    cmdShortOption ## `-key`, perhaps with a value.
  OptParser* = object of RootObj
    ## A command line that is being read.
    words: seq[string]
    at: int
    kind*: CmdLineKind ## What was read.
    key*, val*: string ## Its name or text, and its value.
  GetoptResult* = tuple[kind: CmdLineKind, key, val: string]

proc initOptParser*(cmdline: seq[string]): OptParser =
  ## Reads these words, or the program's own if there are none.
  OptParser(words: if cmdline.len > 0: cmdline else: commandLineParams())

proc initOptParser*(): OptParser = initOptParser(@[])

proc setOption(p: var OptParser, text: string) =
  # A colon counts before any `=`.
  let colon = text.find(':')
  let at = if colon >= 0: colon else: text.find('=')
  p.key = if at >= 0: text[0 ..< at] else: text
  p.val = if at >= 0: text[at + 1 .. ^1] else: ""

proc next*(p: var OptParser) =
  ## Reads the next word.
  if p.at >= p.words.len:
    p.kind = cmdEnd
    return
  let word = p.words[p.at]
  inc p.at
  if word.startsWith("--"):
    p.kind = cmdLongOption
    p.setOption word[2 .. ^1]
  elif word.startsWith("-"):
    p.kind = cmdShortOption
    p.setOption word[1 .. ^1]
  else:
    p.kind = cmdArgument
    p.key = word
    p.val = ""

proc cmdLineRest*(p: OptParser): string =
  ## What was not read yet, quoted as a shell wants it.
  p.words[p.at .. ^1].quoteShellCommand

iterator getopt*(p: var OptParser): GetoptResult =
  ## Goes through all words, from the first one.
  p.at = 0
  while true:
    p.next
    if p.kind == cmdEnd: break
    yield (p.kind, p.key, p.val)

iterator getopt*(): GetoptResult =
  var p = initOptParser()
  for option in p.getopt: yield option
