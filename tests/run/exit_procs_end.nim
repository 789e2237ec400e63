discard """
  output: '''
main
last added
first added
'''
"""
# Exit procs run behind the last statement.
import std/exitprocs
addExitProc(proc() = echo "first added")
addExitProc(proc() = echo "last added")
echo "main"
