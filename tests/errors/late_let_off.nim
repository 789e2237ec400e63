discard """
  errormsg: "'let' symbol requires an initialization"
  line: 9
  disabled: "nim"
"""
{.push experimental: "strictDefs".}
{.pop.}
proc p() =
  let x: int
  x = 1
p()
# Of Nim 2 (experimental manual: "Strict definitions and out parameters").
