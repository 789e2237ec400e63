discard """
  output: '''
(n: 3) 6 1.5
tag:x tag:5
body
2
b 2
'''
"""
# Generics and templates of another module use its private names, and the caller's operators.
import lib
type V = object
  n: int
proc `+`(a, b: V): V = V(n: a.n + b.n)
echo total(@[V(n: 1), V(n: 2)]), " ", total(@[1, 2, 3]), " ", total(@[1.5])
echo tagged("x"), " ", tagged(5)
logged:
  echo "body"
echo logCount()
var s: Stack[string]
s.push("a")
s.push("b")
echo s.top, " ", s.size
