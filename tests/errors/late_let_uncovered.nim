discard """
  errormsg: "'let' symbol requires an initialization"
  line: 13
  disabled: "nim"
"""
# Of Nim 2 (experimental manual: "Strict definitions and out parameters"): a `case` over texts goes on where no branch fits.
{.experimental: "strictDefs".}
proc shown(s: string) =
  let x: int
  case s
  of "a": x = 1
  of "b": x = 2
  echo x
shown("c")
