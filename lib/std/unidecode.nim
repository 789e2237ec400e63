## Unicode in the letters of ASCII. There is no table of them here: one is loaded when the program runs, as with Nim's
## `-d:noUnidecodeTable`.

import std/unicode

var table: seq[string] # from character 128 on

proc loadUnidecodeTable*(datafile = "unidecode.dat") =
  ## Reads the table, which has a line for each character from 128 on.
  when defined(noUnidecodeTable):
    table = @[]
    for line in lines(datafile): table.add line

when defined(noUnidecodeTable):
  proc unidecode*(s: string): string =
    ## The text, with what the table has for it. What it does not have is left out.
    for r in runes(s):
      let code = int(r)
      if code in 0 .. 127: result.add chr(code)
      elif code - 128 in 0 .. table.high: result.add table[code - 128]
else:
  proc unidecode*(s: string): string {.
    error: "not supported yet: 'unidecode' with the table built in; -d:noUnidecodeTable has it loaded".}
