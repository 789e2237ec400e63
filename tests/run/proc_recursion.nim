discard """
  output: '''
3628800 9 63 @["abc", "acb", "bac", "bca", "cab", "cba"]
'''
"""
proc fact(n: int): int = (if n <= 1: 1 else: n * fact(n - 1))
proc ack(m, n: int): int =
  if m == 0: n + 1
  elif n == 0: ack(m - 1, 1)
  else: ack(m - 1, ack(m, n - 1))
proc hanoi(n: int, a, b, c: char, moves: var int) =
  if n == 0: return
  hanoi(n - 1, a, c, b, moves)
  inc moves
  hanoi(n - 1, c, b, a, moves)
proc permute(s: string, prefix = ""): seq[string] =
  if s.len == 0: return @[prefix]
  for i in 0 ..< s.len:
    result.add(permute(s[0 ..< i] & s[i + 1 .. ^1], prefix & s[i]))
var moves = 0
hanoi(6, 'a', 'b', 'c', moves)
echo fact(10), " ", ack(2, 3), " ", moves, " ", permute("abc")
