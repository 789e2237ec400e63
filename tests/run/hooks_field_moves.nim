discard """
  output: '''
copy a
a
b
destroy b
destroy a
destroy a
2
destroy c
destroy d
destroy g
e
destroy f
destroy e
copy h
copy i
destroy h
copy i
i
destroy i
copy i
i
destroy i
destroy i
destroy i
destroy h
'''
"""
# The last read of a field of a local moves it, and so does one before the field is given another value.
type T = object
  n: string
proc `=destroy`(x: var T) =
  if x.n.len > 0: echo "destroy ", x.n
proc `=copy`(a: var T, b: T) =
  echo "copy ", b.n
  a.n = b.n
proc mk(s: string): T = T(n: s)
type O = object
  a, b: T
proc f(x: T): T = x
proc g(x: sink T): T = x
proc main() =
  var o = O(a: mk("a"), b: mk("b"))
  let x = f(o.a)
  echo x.n
  let y = g(o.b)
  echo y.n
main()
proc main2() =
  var o = O(a: mk("c"), b: mk("d"))
  var s = @[o.a]
  s.add o.b
  echo s.len
main2()
proc main3(): O =
  var o = O(a: mk("e"), b: mk("f"))
  result.b = o.a
  result.a = o.b
  o.a = mk("g")
echo main3().b.n
proc main4() =
  var o = O(a: mk("h"), b: mk("i"))
  var p = o
  p.a = o.b
  for i in 0..1:
    let q = p.a
    echo q.n
main4()
