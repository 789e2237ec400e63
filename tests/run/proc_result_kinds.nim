discard """
  output: '''
(x: 3, y: 0)[0, 5, 0]@["0", "1"]xbc(1, "t")66
'''
"""
# `result` as an object, an array, a seq, a string and a tuple; it starts as zero.
type P = object
  x, y: int
proc obj(): P = result.x = 3
proc arr(): array[3, int] = result[1] = 5
proc sq(n: int): seq[string] =
  for i in 0 ..< n: result.add $i
proc str(): string =
  result = "ab"
  result[0] = 'x'
  result &= "c"
proc tup(): (int, string) =
  result[0] = 1
  result[1] = "t"
proc loop(): int =
  while true:
    inc result
    if result > 5: return
proc over(): int =
  result = 5
  return 6
echo obj(), arr(), sq(2), str(), tup(), loop(), over()
