discard """
  exitcode: 3
  output: '''
main
second
first
'''
"""
# Exit procs run by `quit`, the last one first.
import std/exitprocs
addExitProc(proc() = echo "first")
addExitProc(proc() {.noconv.} = echo "second")
echo "main"
quit 3
