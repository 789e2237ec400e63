discard """
  errormsg: "type mismatch: got 'float64' for 'half' but expected 'Id = int'"
  line: 8
"""
# Types have the names under which they were given.
type Id = int
let half = 0.5
var id: Id = half
echo id
