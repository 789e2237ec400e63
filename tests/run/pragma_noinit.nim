discard """
  disabled: "midair"
  output: '''
[0, 1, 2]
5
1616
5 17 4
'''
"""
# Not there yet: bit fields and fields with an alignment of their own.
var a {.noinit.}: array[3, int]
for i in 0..2: a[i] = i
echo a
proc f(): int {.noinit.} =
  result = 5
echo f()
type Aligned = object
  x {.align: 16.}: int8
  y: int8
echo sizeof(Aligned), alignof(Aligned)
type Flags {.bycopy.} = object
  a {.bitsize: 3.}: cuint
  b {.bitsize: 5.}: cuint
var fl: Flags
fl.a = 5
fl.b = 17
echo fl.a, " ", fl.b, " ", sizeof(Flags)
