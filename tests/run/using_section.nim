discard """
  output: '''
@["1,2", "5,5"]
'''
"""
type Canvas = object
  log: seq[string]
using
  c: var Canvas
  x, y: int
proc line(c, x, y) = c.log.add($x & "," & $y)
proc dot(c; x) = c.line(x, x)
var c: Canvas
c.line(1, 2)
c.dot(5)
echo c.log
