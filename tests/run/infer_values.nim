discard """
  output: '''
ok
'''
"""
# Types of literals and of what is computed with them.
# inference & conversions
block:
  let a = 3'i8 + 4
  doAssert a is int8
  let b = 3'u8 + 4
  doAssert b is uint8
  let c = 1 + 2'i64
  doAssert c is int64
  let d = 'a'.ord + 1
  doAssert d is int
  let e = [1, 2'i16]
  doAssert e is array[2, int] or e is array[2, int16]
  let f = if true: 1 else: 2
  doAssert f is int
  let g = 5 div 2
  doAssert g is int and 5 / 2 is float
  let h = 1.0 * 2
  doAssert h is float
  let i = @[1'u8, 2, 3]
  doAssert i is seq[uint8]
  let j = {1'u8, 2}
  doAssert j is set[uint8]
  let k = (1, 'c', "s")
  doAssert k is (int, char, string)
  let m: seq[float] = @[1.0, 2]
  doAssert m[1] == 2.0
  let o: (float, int8) = (1.0, 2'i8)
  doAssert o[1] == 2
  let p: set[char] = {}
  doAssert p.card == 0
  var q: seq[string] = @[]
  q.add "a"
  let r = @[@[1], @[]]
  doAssert r[1].len == 0
  let s = [(1, "a"), (2, "b")]
  doAssert s[1][1] == "b"
  let t = cast[int8](200)
  doAssert t == -56
  let u = int8(100)
  doAssert u == 100
  let v = uint32(5) shl 3
  doAssert v is uint32
  let w = not 0'u8
  doAssert w == 255
  let x = -5 mod 3
  doAssert x == -2
  let y = -5 div 2
  doAssert y == -2
  let z = 7 shr 1
  doAssert z == 3
  doAssert -1 shr 1 == -1
  doAssert (1 shl 62) > 0
  doAssert 0xFF'i8 == -1
  doAssert 0b1010 == 10 and 0o17 == 15 and 1_000 == 1000
  doAssert 'a'.succ == 'b' and 'z'.pred == 'y'
  doAssert char(65) == 'A' and ord('A') == 65
  doAssert bool(1) == true and int(true) == 1
  doAssert int(3.9) == 3 and int(-3.9) == -3
  doAssert float(3) == 3.0 and float32(0.5) == 0.5'f32
  doAssert toInt(2.5) == 3 and toFloat(2) == 2.0
  doAssert "abc"[0] == 'a' and "abc"[^1] == 'c' and "abcd"[1..2] == "bc" and "abcd"[1..^2] == "bc"
  doAssert $1 == "1" and $1.5 == "1.5" and $true == "true" and $'c' == "c"
  doAssert $(1, "a") == """(1, "a")""" and $(x: 1) == "(x: 1)"
  doAssert {'a'} <= {'a', 'b'}
  doAssert 1 in [1, 2] and 3 notin {1, 2}
  doAssert (1 < 2) == true and (1, 2) < (1, 3) and "a" < "b" and @[1] == @[1]
  doAssert min(1, 2) == 1 and max(1.5, 2) == 2.0 and clamp(5, 1, 3) == 3 and abs(-3) == 3
  doAssert cmp(1, 2) < 0 and cmp("b", "a") > 0
  doAssert high(int8) == 127 and low(int16) == -32768 and high(char) == '\255'
  doAssert sizeof(int) == 8 and sizeof(char) == 1 and sizeof((int8, int32)) == 8
block:
  doAssertRaises(OverflowDefect): (var i = high(int); inc i)
  doAssertRaises(DivByZeroDefect): (var z = 0; discard 1 div z)
  doAssertRaises(RangeDefect): (var i = 300; discard uint8(i) == 44 and int8(i) == 44)
  doAssertRaises(IndexDefect): (var s = @[1]; var i = 3; discard s[i])
  doAssertRaises(ValueError): raise newException(ValueError, "v")
  doAssertRaises(AssertionDefect): doAssert false
echo "ok"
