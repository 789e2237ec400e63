discard """
  output: '''
one3
one4
one5
intint
'''
"""
# An iterator of the program's own that is named as a built-in one; an instance with arguments from a template.
type A = object
  v: int
iterator fields(x: A): tuple[name: string, any: int] =
  yield ("one", x.v)
for name, v in A(v: 3).fields: echo name, v
for name, v in fields(A(v: 4)): echo name, v
proc h() =
  let a = A(v: 5)
  for n, v in a.fields: echo n, v
h()
proc infoOf[T](): string = $T
proc mk[T](x: T): string =
  template el(a: untyped): typedesc = typeof(a[0])
  let f = infoOf[el(x)]
  f() & infoOf[el(x)]()
echo mk(@[1])
