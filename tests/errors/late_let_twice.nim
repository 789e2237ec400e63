discard """
  errormsg: "'x' cannot be assigned to"
  line: 10
  disabled: "nim"
"""
{.experimental: "strictDefs".}
proc last() =
  let x: int
  for i in 0 .. 3:
    x = i
last()
# Of Nim 2 (experimental manual: "Strict definitions and out parameters").
