discard """
  output: '''
<4,8> <-1,-2> true false
<11,12> 1112 1 103 x to y
3 2
'''
"""
# Operators are procs; new ones get their precedence from their first character.
type V = object
  x, y: int
proc `+`(a, b: V): V = V(x: a.x + b.x, y: a.y + b.y)
proc `-`(a: V): V = V(x: -a.x, y: -a.y)
proc `*`(a: V, k: int): V = V(x: a.x * k, y: a.y * k)
proc `==`(a, b: V): bool = a.x == b.x
proc `$`(v: V): string = "<" & $v.x & "," & $v.y & ">"
proc `+=`(a: var V, b: V) = a = a + b
proc `[]`(v: V, i: int): int = (if i == 0: v.x else: v.y)
proc `<=>`(a, b: int): int = cmp(a, b)
proc `%%%`(a, b: int): int = a * 100 + b
proc `->>`(a, b: string): string = a & " to " & b
var a = V(x: 1, y: 2)
echo a + a * 3, " ", -a, " ", a == V(x: 1, y: 9), " ", a != a
a += V(x: 10, y: 10)
echo a, " ", a[0], a[1], " ", 3 <=> 2, " ", 1 %%% 2 + 1, " ", "x" ->> "y"
echo `+`(1, 2), " ", 5.`-`(3)
