discard """
  output: '''
main
second
closure 6
first
'''
  exitcode: 3
"""
# `addQuitProc` and `addExitProc` share one list, the last one first.
import std/exitprocs
proc first() {.noconv.} = echo "first"
proc second() {.noconv.} = echo "second"
addQuitProc(first)
var x = 5
addExitProc(proc() {.closure.} = echo "closure ", x)
x = 6
addQuitProc(second)
echo "main"
quit 3
