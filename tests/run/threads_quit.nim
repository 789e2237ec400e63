discard """
  exitcode: 3
  output: '''
quits
at exit
'''
"""
# `quit` on a thread ends the program.
import std/[os, exitprocs]
addExitProc(proc () {.noconv.} = echo "at exit")
proc works() {.thread.} =
  echo "quits"
  quit(3)
var t: Thread[void]
createThread(t, works)
sleep(10_000)
echo "never"
