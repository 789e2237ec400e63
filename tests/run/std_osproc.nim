discard """
  output: '''
(output: "hi\n", exitCode: 3)
one two
04
from stdin
0
a b c

trueerr
0
'''
"""
# Other programs: output, exit status, input, words.
import std/osproc
import strutils
echo execCmdEx("echo hi; exit 3")
echo execProcess("echo one two"), execCmd("true"), execCmd("exit 4")
let (o, c) = execCmdEx("cat", input = "from stdin")
echo o, c
echo execProcess("echo", args = ["a b", "c"], options = {poUsePath})
echo countProcessors() > 0, execCmdEx("echo err 1>&2").output.strip
let p = startProcess("echo", args = ["started"], options = {poUsePath})
echo p.waitForExit
p.close
