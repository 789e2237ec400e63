discard """
  output: '''
2b
sq 4.0 ci 3.0
truefalse
5q
69
<1><a><@[1]>
96.25
4
'''
"""
# Concepts that say what must compile, generic ones included.
type
  Comparable = concept x, y
    (x < y) is bool
  Stack[T] = concept s, var v
    s.pop() is T
    v.push(T)
    s.len is Ordinal
    for value in s:
      value is T
  Shape = concept s
    s.area is float
    s.name is string
  Container[T] = concept c
    c.len is int
    c[0] is T
proc mx[T: Comparable](a, b: T): T =
  if a < b: b else: a
echo mx(1, 2), mx("a", "b")
type
  Sq = object
    side: float
  Ci = object
    r: float
    name: string
proc area(s: Sq): float = s.side * s.side
proc name(s: Sq): string = "sq"
proc area(c: Ci): float = 3 * c.r * c.r
proc desc(s: Shape): string = s.name & " " & $s.area
echo desc(Sq(side: 2)), " ", desc(Ci(r: 1, name: "ci"))
echo Sq is Shape, int is Shape
proc first[T](c: Container[T]): T = c[0]
echo first(@[5, 6]), first(@["q"])
type
  Enumerable[T] = concept e
    for it in e:
      it is T
proc total(e: Enumerable[int]): int =
  for x in e: result += x
echo total(@[1,2,3]), total([4,5])
type Printable = concept x
  $x is string
proc pr(x: Printable): string = "<" & $x & ">"
echo pr(1), pr("a"), pr(@[1])
type Num = concept a, b, type T
  a + b is T
  a * b is T
  T(0) is T
proc sq(x: Num): auto = x * x
echo sq(3), sq(2.5)
type HasX = concept v
  v.x is int
type PX = object
  x: int
proc getx(v: HasX): int = v.x
echo getx(PX(x: 4))
