discard """
  output: '''
id 1d
7 id 7
truetrue444
'''
"""
# Inheritance without ref; a field of the base, and a proc for the base takes the derived by reference.
type
  Base = object of RootObj
    id: int
  Derived = object of Base
    name: string
proc show(b: Base): string = "id " & $b.id
proc setId(b: var Base, v: int) = b.id = v
var d = Derived(id: 1, name: "d")
echo show(d), d.name
d.setId(7)
echo d.id, " ", show(d)
type
  R = ref object of RootObj
  S = ref object of R
    v: int
  T = ref object of S
let t = T(v: 4)
let r: R = t
echo r of S, r of T, T(r).v, S(r).v, t.S.v
