# A trace has the line of a template's body, in another module, wherever that now stands.
import checked, std/hotcodereloading

proc fails() =
  demand(1 > 2)

proc tell() =
  try: fails()
  except ValueError as e:
    for entry in e.getStackTraceEntries:
      if entry.procname == "fails": echo entry.filename, " ", entry.line

proc step*() =
  performCodeReload()
  tell()

tell()
