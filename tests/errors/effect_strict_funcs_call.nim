discard """
  errormsg: "'clear' can have side effects"
  line: 11
"""
# What a proc changes behind its parameter is a side effect of the func that calls it.
{.experimental: "strictFuncs".}
type Node = ref object
  data: seq[int]
proc empty(n: Node) = n.data.setLen 0
empty(Node())
func clear(n: Node) = empty(n)
