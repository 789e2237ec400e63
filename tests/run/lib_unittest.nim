discard """
  output: '''

[Suite] first suite
teardown 3
  [OK] operators
teardown 3
  [OK] exceptions
teardown 3
  [SKIPPED] skipped

[Suite] second suite
  [OK] no setup
[OK] alone
'''
"""
# What a failing check prints begins with the file's path and is left to lib_unittest_failed.
import unittest
proc f(x: int): int = x + 1
suite "first suite":
  setup:
    var base = @[1, 2]
    base.add 3
  teardown:
    echo "teardown ", base.len
  test "operators":
    check base.len == 3
    check f(1) == 2 and 2 in base
    check:
      base[0] == 1
      base != @[1]
      f(3) in {4, 5}
    check(not (f(1) == 1))
  test "exceptions":
    expect ValueError:
      raise newException(ValueError, "x")
    expect IndexDefect, KeyError:
      echo base[10]
  test "skipped":
    skip()
suite "second suite":
  test "no setup":
    require 1 == 1
    checkpoint "not shown"
    check true
test "alone":
  check "abc"[0] == 'a'
