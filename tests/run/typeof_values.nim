discard """
  output: '''
int string seq[int] array[0..1, int] (int, string)
3.0
str
@[5]
0false
int seq[string] true
'''
"""
echo typeof(1), " ", typeof("s"), " ", typeof(@[1]), " ", typeof([1, 2]), " ", typeof((1, "a"))
var a: typeof(1 + 2.0)
a = 3
echo a
proc f(x: int): string = $x
var s: typeof(f(1)) = "str"
echo s
type T = typeof(@[1, 2])
var q: T
q.add(5)
echo q
var evaluated = false
proc effect(): int =
  evaluated = true
  1
var n: typeof(effect())
echo n, evaluated
echo $int, " ", $seq[string], " ", typeof(a) is float
