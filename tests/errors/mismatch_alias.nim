discard """
  errormsg: "but expected 'Pair = tuple[a: int, b: string]'"
  line: 6
"""
type Pair = tuple[a: int, b: string]
let p: Pair = (b: "x", a: 1)
echo p
