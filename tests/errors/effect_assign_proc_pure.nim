discard """
  errormsg: "for 'noisy' but expected '"
  line: 9
"""
type F = proc (x: int): int {.noSideEffect.}
proc noisy(x: int): int =
  echo x
  x
let f: F = noisy
