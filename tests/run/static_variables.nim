discard """
  output: '''
6
12
21
@["a", "b"]
100
'''
"""
var counter {.compileTime.} = 0
static:
  inc counter
  counter += 5
const cc = counter
echo cc
proc ctp(x: int): int {.compileTime.} = x * 3
const q = ctp(4)
echo q
echo static(ctp(7))
var names {.compileTime.}: seq[string]
template reg(n: string) =
  static: names.add n
reg "a"
reg "b"
const all = names
echo all
static:
  counter = 100
const c2 = counter
echo c2
