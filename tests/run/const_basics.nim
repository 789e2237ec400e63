discard """
  output: '''
320 game-640 true 5 4 @["a", "b"] 2
200 uint8
42
7
'''
"""
const
  width = 640
  half = width div 2
  name = "game" & "-" & $width
  ratio = 16 / 9 > 1.0
  primes = [2, 3, 5, 7]
  words = @["a", "b"]
  point = (x: 1, y: 2)
echo half, " ", name, " ", ratio, " ", primes[2], " ", primes.len, " ", words, " ", point.y
const typed: uint8 = 200
echo typed, " ", typeof(typed)
proc area(w, h: int): int = w * h
const computed = area(6, 7)
echo computed
var arr: array[computed div 6, int]
echo arr.len
