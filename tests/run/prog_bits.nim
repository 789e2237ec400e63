discard """
  output: '''
4 134480385 60
8748534153485358512 3040900993826735515
600
1335831723 2166136261
'''
"""
# A bit board, population count and an xorshift generator.
proc popcount(x: uint64): int =
  var v = x
  while v != 0:
    v = v and (v - 1)
    inc result
type Rng = object
  state: uint64
proc next(r: var Rng): uint64 =
  r.state = r.state xor (r.state shl 13)
  r.state = r.state xor (r.state shr 7)
  r.state = r.state xor (r.state shl 17)
  r.state
proc below(r: var Rng, n: int): int = int(r.next() mod uint64(n))
var board: uint64
for i in [0, 9, 18, 27]: board = board or (1'u64 shl i)
echo popcount(board), " ", board, " ", popcount(not board)
var r = Rng(state: 88172645463325252'u64)
echo r.next(), " ", r.next()
var dice: array[6, int]
for _ in 1..600: inc dice[r.below(6)]
var sum = 0
for d in dice: sum += d
echo sum
proc fnv(s: string): uint32 =
  result = 2166136261'u32
  for c in s: result = (result xor uint32(ord(c))) * 16777619'u32
echo fnv("hello"), " ", fnv("")
