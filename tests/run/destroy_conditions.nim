discard """
  output: '''
then
end f
~1
4
end g
~3
'''
"""
# What the first condition of an `if` makes lives to the end of the scope around.
type H = object
  id: int
proc `=destroy`(h: var H) =
  if h.id != 0: echo "~", h.id
proc mk(i: int): H = H(id: i)
proc use(h: H): int = h.id
proc f() =
  if use(mk(1)) == 1:
    echo "then"
  echo "end f"
f()
proc g() =
  let x = if use(mk(3)) == 3: 4 else: 0
  echo x
  echo "end g"
g()
