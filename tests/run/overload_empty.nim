discard """
  output: '''
0
0
0
ints 0
0
ints 0
@[2, 3, 4]
@[2]
@[2]
seq string pointer set table
@[@[], @[]]
'''
"""
# `[]` and `@[]` are of what other arguments tell, also where several routines have the name.
proc f[T](s: var openArray[T], i: BackwardsIndex, x: sink T) = echo "one"
proc f[T](s: var seq[T], b: openArray[T]) = echo b.len
proc g(s: var string, b: string) = echo "string"
proc g[T](s: var seq[T], b: openArray[T]) = echo b.len
proc h[I, T](s: var array[I, T], b: openArray[T]) = echo "array"
proc h[T](s: var seq[T], b: openArray[T]) = echo b.len
proc k(s: var seq[int], b: openArray[int]) = echo "ints ", b.len
proc k(s: var seq[string], b: openArray[string]) = echo "strings ", b.len
var s = @[1]
f(s, [])
g(s, [])
h(s, [])
k(s, [])
f(s, @[])
k(s, @[])
var numbers = @[1, 2, 3, 4]
numbers[0 .. 0] = []
echo numbers
numbers[1 .. 2] = @[]
echo numbers
numbers.add []
echo numbers

proc a(x: seq[int]): string = "seq"
proc a(x: string): string = "string"
proc a(x: pointer): string = "pointer"
proc a(x: set[char]): string = "set"
proc a(x: openArray[(string, int)]): string = "table"
echo a(@[]), " ", a(""), " ", a(nil), " ", a({}), " ", a({"k": 1})
var nested: seq[seq[int]]
nested.add @[]
nested.add(if nested.len == 1: @[] else: @[1])
echo nested
