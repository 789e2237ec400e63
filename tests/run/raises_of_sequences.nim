discard """
  output: '''
@[]@[(0, @[]), (0, @[])]
3
'''
"""
# Growing and shrinking a sequence raises nothing of its own.
proc f(): seq[(int16, seq[int16])] {.raises: [].} =
  var closure: seq[(int16, seq[int16])]
  closure.setLen 0
  result = closure
type Z = seq[int16]
type TC = seq[(int16, Z)]
proc g(): TC {.raises: [].} =
  var closure: TC
  closure.setLen 0
  for i in 0..2:
    closure.setLen i
  result = closure
echo f(), g()
proc sum(s: seq[int]): int {.nosideeffect, no_init, raises: [].} =
  result = 0
  for x in s: result += x
echo sum(@[1, 2])
