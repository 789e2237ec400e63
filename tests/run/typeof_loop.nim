discard """
  output: '''
E
(int, string)
string
seq[int]
{eb}
string
(int, string)
'''
"""
# Under `typeof` a loop is of the type of its body.
template elementType*(T: typedesc): typedesc =
  typeof(block:
    var a: T
    for ai in a: ai)
type E = enum ea, eb
proc f[T](x: T) =
  type Ti = elementType(T)
  echo Ti
f({ea})
iterator pairs2(n: int): (int, string) = yield (n, "a")
echo typeof(for x in pairs2(3): x)
echo typeof(block:
  for a, b in pairs2(3): b)
template collect2(body: untyped): untyped =
  block:
    var r: seq[typeof(body)]
    r
echo typeof(collect2(for i in 0..3: i * 2))
proc toLitLike(T: typedesc): auto =
  result = default(T)
  type Ti = elementType(T)
  result.incl Ti(1)
echo toLitLike(set[E])
# So is an `if` there, also without `else`, and what is nested.
echo typeof(for i in 1 .. 3:
  if i != 2: "x")
echo typeof(for i in 1 .. 3:
  for j in 1 .. i:
    if j > 1: (i, $j))
