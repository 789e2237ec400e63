discard """
  exitcode: 1
  output: '''
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
	<testsuite name="a &lt;b&gt; &amp; &apos;c&apos;">
		<testcase name="ok" 
		</testcase>
		<testcase name="bad &quot;q&quot;" 
			<failure message="note &lt;1&gt;">FILE(50, 12): Check failed: x == 2
x was 1
FILE(51, 12): Check failed: x &gt; 5
x was 1</failure>
		</testcase>
		<testcase name="skip" 
<skipped />
		</testcase>
		<testcase name="raise" 
			<error message="Unhandled exception: boo &amp; hoo [ValueError]"
		</testcase>
		<testcase name="expect" 
			<failure message="FILE(56, 11): Expect Failed, no exception was thrown."></failure>
		</testcase>
		<testcase name="expect2" 
		</testcase>
	</testsuite>
	<testsuite name="empty">
	</testsuite>
		<testcase name="outside" 
			<failure message="FILE(61, 18): Check failed: [1, 2, 3] == @[1, 2]">@[1, 2] was @[1, 2]
FILE(62, 12): Check failed: &quot;a&quot; in &quot;bc&quot;
FILE(64, 10): Check failed: 1 + 1 == 3
1 + 1 was 2
FILE(65, 4): Check failed: not (2 == 2)
(2 == 2) was true</failure>
		</testcase>
'''
"""
# What unittest reports, as text and in JUnit's format.
import std/[unittest, streams, strutils]
let s = newStringStream()
let f = newJUnitOutputFormatter(s)
addOutputFormatter(f)
suite "a <b> & 'c'":
  setup:
    let x = 1
  test "ok": check x == 1
  test "bad \"q\"":
    checkpoint "note <1>"
    check x == 2
    check x > 5
  test "skip": skip()
  test "raise":
    if x == 1: raise newException(ValueError, "boo & hoo")
  test "expect":
    expect(KeyError): discard
  test "expect2":
    expect ValueError, IOError: raise newException(IOError, "x")
suite "empty": discard
test "outside":
  check [1, 2, 3] == @[1, 2]
  check "a" in "bc"
  check:
    1 + 1 == 3
    not (2 == 2)
  fail()
s.setPosition 0
for line in s.readAll().splitLines:
  # Without times, paths and traces.
  var text = line.replace(currentSourcePath(), "FILE")
  for word in ["time=", ">FILE(", ">???", ">tests"]:
    let at = text.find(word)
    if at >= 0 and (word == "time=" or "<error" in text): text = text[0 ..< at]
  if text.len > 0: echo text
