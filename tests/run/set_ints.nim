discard """
  output: '''
{1, 3, 5, 7, 9} true true false
{0, 10, 11, 12, 255} 5 32 2
13579
constant set
'''
"""
var s: set[0..9] = {range[0..9](1), 3, 5}
s.incl 7
var n = 9
s.incl n
echo s, " ", 3 in s, " ", n in s, " ", 2 in s
let t: set[uint8] = {0'u8, 255'u8, 10'u8..12'u8}
echo t, " ", card(t), " ", sizeof(t), " ", sizeof(s)
proc digits(s: set[0..9]): int =
  for d in s: result = result * 10 + d
echo digits(s)
if n in {1, 2, 9}: echo "constant set"
