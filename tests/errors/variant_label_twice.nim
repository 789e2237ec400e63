discard """
  errormsg: "duplicate case label"
  line: 9
"""
type
  T = object
    case k: range[0..5]
    of 0..3: a: int
    of 4, 2: b: int
    else: discard
