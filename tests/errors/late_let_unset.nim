discard """
  errormsg: "'let' symbol requires an initialization"
  line: 10
  disabled: "nim"
"""
{.experimental: "strictDefs".}
proc shown(full: bool) =
  let x: int
  if full: x = 1
  echo x
shown(true)
# Of Nim 2 (experimental manual: "Strict definitions and out parameters").
