discard """
  errormsg: "identifier expected, but got 'keyword of'"
  line: 8
"""
type
  Graph = concept g
    g.v is int
  Narrow = concept of Graph
    g.w is int
type A = object
  v, w: int
echo A is Narrow
