discard """
  exitcode: 1
  output: '''

[Suite] failing
    seen 5
teardown
  [FAILED] fail
teardown
  [OK] good
[FAILED] outside
'''
"""
import unittest
suite "failing":
  setup:
    let base = 5
  teardown:
    echo "teardown"
  test "fail":
    checkpoint("seen " & $base)
    fail()
  test "good":
    check base == 5
test "outside":
  fail()
