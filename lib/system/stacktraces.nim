# The calls that were running, one by one.

type StackTraceEntry* = object
  ## A call that was running.
  procname*: string ## What was called.
  line*: int ## Where it was.
  filename*: string ## In which file.

proc stackTraceEntry(text: string, first, last: int): StackTraceEntry =
  # Of a line `path(line)  name`, which is `text[first ..< last]`.
  var name = last
  while name > first and text[name - 1] != ' ': dec name
  result.procname = substr(text, name, last - 1)
  var behind = name
  while behind > first and text[behind - 1] != ')': dec behind
  var digit = behind - 1
  while digit > first and text[digit - 1] != '(': dec digit
  for i in digit ..< behind - 1: result.line = result.line * 10 + (ord(text[i]) - ord('0'))
  result.filename = substr(text, first, digit - 2)

proc stackTraceEntries(trace: string): seq[StackTraceEntry] =
  var first = 0
  while first < trace.len:
    var last = first
    while last < trace.len and trace[last] != '\n': inc last
    if last > first: result.add stackTraceEntry(trace, first, last)
    first = last + 1

proc getStackTraceEntries*(e: ref Exception): seq[StackTraceEntry] =
  ## The calls that were running when `e` was raised, the innermost last.
  if not e.isNil: result = stackTraceEntries(e.trace)

{.push stackTrace: off.}

proc getStackTraceEntries*(): seq[StackTraceEntry] =
  ## The calls that are running, the innermost last.
  var trace = ""
  rtStackTrace(addr trace)
  result = stackTraceEntries(trace)

{.pop.}

proc `$`*(entries: seq[StackTraceEntry]): string =
  ## A line for each.
  for entry in entries: result.add(entry.filename & "(" & $entry.line & ") " & entry.procname & "\n")
