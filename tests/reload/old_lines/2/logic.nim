import std/[hotcodereloading, strutils]

# Three
# lines
# more,
# and more.
# And more.
var saved*: proc (): int
proc keep*() =
  saved = proc (): int =
    # A line more.
    raise newException(ValueError, "line " & $(12))
proc lines*(trace: string): string =
  var all: seq[string]
  for line in trace.splitLines:
    if line.len > 0: all.add line.splitWhitespace.join(" ")
  all.join(", ")
proc unchanged(): int =
  raise newException(ValueError, "unchanged, line 13")
proc run*() =
  # One
  # and two.
  discard
  discard
  let before = getStackTrace()
  performCodeReload()
  discard lines("edited")
  let after = getStackTrace()
  echo lines(before), " | ", lines(after)
  try:
    discard unchanged()
  except ValueError as e: echo e.msg, ": ", lines(e.getStackTrace)
  try: discard saved()
  except ValueError as e: echo e.msg, ": ", lines(e.getStackTrace)
