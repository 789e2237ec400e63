discard """
  output: '''
copy 1
1 101
copy 1
over 101
1 101
destroy 101
destroy 1
'''
"""
# =copy is called where a value is used again; a self-assignment does nothing harmful.
type C = object
  n: int
proc `=destroy`(c: var C) =
  if c.n > 0: echo "destroy ", c.n
proc `=copy`(dst: var C, src: C) =
  echo "copy ", src.n
  if dst.n > 0: echo "over ", dst.n
  dst.n = src.n + 100
proc main() =
  var a = C(n: 1)
  var b = a
  echo a.n, " ", b.n
  b = a
  echo a.n, " ", b.n
main()
