discard """
  exitcode: 1
  output: '''
lib_unittest_check.nim(65, 12): Check failed: x == y
x was 1
y was 2
f called 1
lib_unittest_check.nim(66, 15): Check failed: f(x) == y + 1
f(x) was 2
y + 1 was 3
lib_unittest_check.nim(67, 14): Check failed: o.a == 4
o.a was 3
lib_unittest_check.nim(68, 10): Check failed: not (o.a == 3)
(o.a == 3) was true
lib_unittest_check.nim(69, 14): Check failed: o.a in [1, 2]
o.a was 3
lib_unittest_check.nim(70, 10): Check failed: false
lib_unittest_check.nim(71, 13): Check failed: arr[0]
f called 2
lib_unittest_check.nim(72, 15): Check failed: f(2) in {1}
f(2) was 3
lib_unittest_check.nim(73, 18): Check failed: @[1, 2] == @[1, 3]
@[1, 2] was @[1, 2]
@[1, 3] was @[1, 3]
lib_unittest_check.nim(76, 8): Check failed: y < 0
y was 2
lib_unittest_check.nim(77, 20): Check failed: "a" & "b" == "c"
"a" & "b" was ab
lib_unittest_check.nim(78, 12): Check failed: x is string
x was 1
string was string
f called 1
lib_unittest_check.nim(79, 19): Check failed: f(1) > 5 or x == 2
lib_unittest_check.nim(80, 22): Check failed: ("x", 1)[1] == 2
("x", 1)[1] was 1
lib_unittest_check.nim(81, 12): Check failed: o == O(a: 1)
o was (a: 3)
FAILED operands one
lib_unittest_check.nim(83, 11): Expect Failed, no exception was thrown.
FAILED operands two
Unhandled exception: boom [ValueError]
FAILED operands three
'''
"""
# The text of checks that fail, without the path.
import unittest, strutils
type Plain = ref object of OutputFormatter
method failureOccurred(p: Plain, checkpoints: seq[string], stackTrace: string) =
  for line in checkpoints:
    let at = line.find("lib_unittest_check.nim")
    echo if at >= 0: line.substr(at) else: line
method testEnded(p: Plain, r: TestResult) = echo r.status, " ", r.suiteName, " ", r.testName
addOutputFormatter(Plain())
proc f(x: int): int =
  echo "f called ", x
  x + 1
type O = object
  a: int
var o = O(a: 3)
var arr = [false]
suite "operands":
  test "one":
    let x = 1
    let y = 2
    check x == y
    check f(x) == y + 1
    check o.a == 4
    check not (o.a == 3)
    check o.a in [1, 2]
    check false
    check arr[0]
    check f(2) in {1}
    check(@[1, 2] == @[1, 3])
    check:
      x > 0
      y < 0
    check "a" & "b" == "c"
    check x is string
    check f(1) > 5 or x == 2
    check ("x", 1)[1] == 2
    check o == O(a: 1)
  test "two":
    expect ValueError:
      discard
  test "three":
    raise newException(ValueError, "boom")
