discard """
  output: '''
6
7
2
2
2
@[(a: 6), (a: 7)]
4
4
4
'''
"""
# Loops at the top level have variables of the module, which procs use without capturing them.
type O = object
  a: int
var intervals = @[O(a: 1), O(a: 2)]
proc each(f: proc(x: O)) = f(O(a: 5))
for iv in intervals:
  var n = 0
  each(proc(f: O) = (n += f.a + iv.a))
  echo n
var fs: seq[proc(): int]
for i in 0..2:
  fs.add(proc(): int = i)
for f in fs: echo f()
for x in mitems(intervals):
  each(proc(f: O) = (x.a += f.a))
echo intervals
proc main =
  var fs: seq[proc(): int]
  for i in 0..2:
    let j = i
    fs.add(proc(): int = i + j)
  for f in fs: echo f()
main()
