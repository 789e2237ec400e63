discard """
  output: '''
2
after f
2
after g
a
after h
a
after t
a
after s
2
end
destroy d
destroy c
destroy a
destroy b
'''
"""
# An array or tuple that is made for a parameter owns nothing: what it reads is neither copied nor moved.
type T = object
  n: string
proc `=destroy`(x: var T) =
  if x.n.len > 0: echo "destroy ", x.n
proc `=copy`(a: var T, b: T) =
  echo "copy ", b.n
  a.n = b.n
proc f(x: openArray[T]) = echo x.len
proc g(x: varargs[T]) = echo x.len
proc h(x: array[2, T]) = echo x[0].n
proc t(x: (T, int)) = echo x[0].n
proc s(x: seq[T]) = echo x[0].n
proc mk(s: string): T = T(n: s)
proc main() =
  let a = mk("a")
  let b = mk("b")
  f([a, b])
  echo "after f"
  g(a, b)
  echo "after g"
  h([a, b])
  echo "after h"
  t((a, 1))
  echo "after t"
  s(@[a])
  echo "after s"
  f([mk("c"), mk("d")])
  echo "end"
main()
