discard """
  output: '''
@[-99, -7935, -7815, -7715]
250 251 252 253 254 125 126 -126 -127 xyz 253 254 255 0 1 2
index at 4, overflow at 3, last 127 127 | , last 127 127
@[0, 1, 2, 3, 4, 5, -6, -7, -8, 9, 8, 7, 6, 5, 4, 200, 100]@[0, 1, 2, 3, 9, 8, 7, 6, 5, 4, 200, 100]
@[0, 3, 6, 9, 12, 15, 18, 0, 3, 6, 0, 1, 3, 7]
@[1, 0, -2, 0, 3, 0, -4, 0, -6, 0]
3608
6765
bottom
'''
"""
# Loops whose counters have known ranges: what is left out of them must not be missed.

proc sums(): seq[int] =
  # Up, down and by steps, from both sides of 0; few rounds and many.
  var s = 0
  for i in -1 .. 1: s = s * 10 + i
  result.add s
  for i in countdown(3, -3, 2): s = s * 3 + i
  result.add s
  for i in 0 ..< 0: s = -1
  for i in 5 .. 4: s = -1
  for i in countup(-7, 100, 13): s += i mod 8 + i div 4
  result.add s
  for i in -100 .. 100: s += i mod 16 - (i shr 60)
  result.add s

proc small(): string =
  # Counters at the ends of their types.
  for i in 250'u8 .. 254'u8: result.add $i & " "
  for i in 125'i8 .. 126'i8: result.add $i & " "
  for i in countdown(-126'i8, -127'i8): result.add $i & " "
  for c in 'x' .. 'z': result.add c
  var u = 253'u8
  for k in 0 .. 5:
    result.add ' ' & $u
    inc u

proc raises(n: int): string =
  # Overflow and indices in the round in which they happen.
  var a: array[4, int]
  var last = 0
  try:
    for i in 0 .. n:
      last = i
      a[i] = i
  except IndexDefect:
    result.add "index at " & $last
  try:
    for i in 0 .. n:
      last = i
      discard high(int) - 2 + i
  except OverflowDefect:
    result.add ", overflow at " & $last
  var k = 120'i8
  try:
    while true:
      inc k
      last = k.int
  except OverflowDefect:
    result.add ", last " & $last & " " & $k

proc guards(n: int): seq[int] =
  # A second way out says nothing of what stands before it.
  var i = 0
  while i < 100:
    result.add(if i <= 5: i else: -i)
    if i > n: break
    i += 1
  var j = 10
  while true:
    dec j
    if j == 3: continue
    if j <= 0: break
    result.add j * (if j >= 3: 1 else: 100)

proc changed(): seq[int] =
  # Counters that something else changes as well.
  var i = 0
  while i < 20:
    if i == 4: i = 11
    result.add i
    i += 3
  var j = 0
  proc skip() = j += 2
  while j < 9:
    result.add j
    skip()
    j += 1
  var k = 0
  let p = addr k
  while k < 10:
    result.add k
    p[] = p[] * 2
    k += 1

proc handled(): seq[int] =
  # What is caught within a round goes on in the next one.
  var i = 0
  while i < 6:
    try:
      i += 1
      if i mod 2 == 0: raise newException(ValueError, "even")
      result.add i
    except ValueError:
      result.add -i
      if i == 4: i += 1
    finally:
      result.add 0

proc neighbours(): int =
  var grid: array[8, array[8, bool]]
  for y in 0 ..< 8:
    for x in 0 ..< 8: grid[y][x] = (x * y) mod 3 == 1
  for y in 0 ..< 8:
    for x in 0 ..< 8:
      for dy in -1 .. 1:
        for dx in -1 .. 1:
          if (dx != 0 or dy != 0) and grid[(y + dy + 8) mod 8][(x + dx + 8) mod 8]:
            result += x + 10 * y

proc fib(n: int): int = (if n < 2: n else: fib(n - 1) + fib(n - 2))

proc depth(n: int): int =
  if n == 0: raise newException(ValueError, "bottom")
  result = depth(n - 1) + 1

echo sums()
echo small()
echo raises(9), " | ", raises(2)
echo guards(7), guards(2)
echo changed()
echo handled()
echo neighbours()
echo fib(20)
try: echo depth(11)
except ValueError as e: echo e.msg
