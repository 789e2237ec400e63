discard """
  output: '''
a=1 a = 1 a+1=    2 {x}     3.14|00001|0xff|11111111|   x|
P<3,abc> P<4,>
hello      bob|bob     |  bob   |***bob***|c|true|@[1, 2]|1.0|1.000000e+10|12.5|-3|+3|3|one
bob and 2\n
bobbob	1
bo|quoted|b|   ob|10|-0005|+1.5|0001234.50|2.0|1e-10|0.35
list: 2 items, first   7
invalid type in format string for number, expected one  of 'x', 'X', 'b', 'd', 'o' but got: q
   +1|1    |  1  |__1__|0b11111111|0o377|0xFF|111|-9223372036854775808|-8000000000000000
red   green @[1, 2] (1, "x") {not} x
'''
"""
import strformat
let a = 1
echo fmt"{a=} {a = } {a+1=:>5} {{x}} {3.14159:8.2f}|{a:05d}|{255:#x}|{255:08b}|{""x"":>4}|"
type P = object
  x: int
proc formatValue(r: var string, p: P, spec: string) = r.add "P<" & $p.x & "," & spec & ">"
echo &"{P(x: 3):abc} {P(x: 4)}"
let nm = "bob"
echo &"hello {nm:>8}|{nm:<8}|{nm:^8}|{nm:*^9}|{'c'}|{true}|{@[1,2]}|{1.0}|{1e10:e}|{12.5:g}|{-3:+}|{3:+}|{nm.len}|{(if a == 1: \"one\" else: \"two\")}"

const pattern = "{nm} and {a + 1}"
echo pattern.fmt, fmt"\n", "\n".fmt, fmt("<nm>", '<', '>'), &"{nm}\t{a}"
echo &"{nm:.2}|{\"quoted\"}|{nm[0]}|{nm[1 .. ^1]:>5}|{0x10:x}|{-5:05}|{1.5:+.1f}|{1234.5:010.2f}|{2.0}|{1e-10}|{0.1 + 0.25}"
proc show(name: string, xs: openArray[int]): string = fmt"{name}: {xs.len} items, first {xs[0]:>3}"
echo show("list", [7, 8])
try: echo fmt"{a:q}"
except ValueError as e: echo e.msg
echo fmt"{a:>+5}|{a:<5}|{a:^5}|{a:_^5}|{255:#b}|{255:#o}|{255:#X}|{7'u8:b}|{int64.low}|{int64.low:x}"
type Color = enum red, green
echo fmt"{red} {green:>7} {@[1, 2]} {(1, ""x"")} {{not}} {'x'}"
