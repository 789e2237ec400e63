discard """
  output: '''
(x: 1, y: 0)
3 d
'''
"""
type
  R = object
    x {.requiresInit.}: int
    y: int
  S {.requiresInit.} = object
    case k: bool
    of true: v: int
    of false: w: string
    tail: string
echo R(x: 1)
let s = S(k: true, v: 3, tail: "d")
echo s.v, " ", s.tail
