discard """
  disabled: "nim"
  output: '''
(a: 1)
(b: 1, c: 0)
destroy one
destroy two
'''
"""
# Generic types, and types with destructors, of one name in several blocks: Nim 1.6 takes them for the same in its C code.
block:
  type G[T] = object
    a: T
  echo G[int](a: 1)
block:
  type G[T] = object
    b: T
    c: int
  echo G[int](b: 1)
block:
  type D = object
  proc `=destroy`(d: var D) = echo "destroy one"
  block:
    var d {.used.}: D
block:
  type D = object
  proc `=destroy`(d: var D) = echo "destroy two"
  block:
    var d {.used.}: D
