discard """
  output: '''
f ab
destroy b
destroy a
destroy local2
destroy local1
in block
destroy g3
late
destroy c
destroy g1
4
in block
destroy g3
destroy dd
destroy g1
3
destroy hl
e
copy r
destroy e
destroy hl
r
destroy r
destroy r
destroy e
destroy q
'''
"""
# What a proc was given to keep is destroyed before its variables, on every way out.
type T = object
  n: string
proc `=destroy`(t: var T) = 
  if t.n.len > 0: echo "destroy ", t.n
proc `=copy`(a: var T, b: T) = 
  echo "copy ", b.n
  a.n = b.n
proc mk(n: string): T = T(n: n)
proc f(a: sink T, b: sink T) =
  var l1 = mk("local1")
  let l2 = mk("local2")
  echo "f ", a.n, b.n
proc g(a: sink T): int =
  var l1 = mk("g1")
  block:
    let l3 = mk("g3")
    echo "in block"
  if a.n.len > 1: return 3
  echo "late"
  result = 4
proc h(a: sink T, b: T): T =
  let l = mk("hl")
  if b.n == "q": return a
  result = b
proc main =
  f(mk("a"), mk("b"))
  echo g(mk("c"))
  echo g(mk("dd"))
  echo h(mk("e"), mk("q")).n
  echo h(mk("e"), mk("r")).n


main()
