discard """
  output: '''
1cstrue1.5two
@[1, 2][1.5, 2.0]["a", "b"]@['x']{1, 2}{'a', 'b', 'c'}
(1, "two", '3')(a: 1, b: @["x"])@[(1, 2), (3, 4)]
(a: 1, s: "quoted \"s\"", c: 'c', f: 0.0, e: one, x: @["y"], t: (1, true))
18446744073709551615-9223372036854775808-128 cs
@[one][[1], [2]]@[@[1]]@[]()
'''
"""
# `$` of every kind of value.
type
  E = enum one, two
  O = object
    a: int
    s: string
    c: char
    f: float
    e: E
    x: seq[string]
    t: (int, bool)
echo $1, $'c', $"s", $true, $1.5, $two
echo @[1, 2], [1.5, 2.0], ["a", "b"], @['x'], {1, 2}, {'a'..'c'}
echo (1, "two", '3'), (a: 1, b: @["x"]), @[(1, 2), (3, 4)]
echo O(a: 1, s: "quoted \"s\"", c: 'c', x: @["y"], t: (1, true))
echo $uint64.high, $int64.low, $low(int8), " ", $cstring("cs")
echo @[E.one], [[1], [2]], @[@[1]], newSeq[string](), (), ""
