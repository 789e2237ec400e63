discard """
  output: '''
|default false
now set true
false
/
true
'''
"""
import std/os
echo getEnv("MIDAIR_SURELY_NOT_SET"), "|", getEnv("MIDAIR_SURELY_NOT_SET", "default"), " ", existsEnv("MIDAIR_SURELY_NOT_SET")
putEnv("MIDAIR_SURELY_NOT_SET", "now set")
echo getEnv("MIDAIR_SURELY_NOT_SET"), " ", existsEnv("MIDAIR_SURELY_NOT_SET")
delEnv("MIDAIR_SURELY_NOT_SET")
echo existsEnv("MIDAIR_SURELY_NOT_SET")
let here = getCurrentDir()
setCurrentDir("/")
echo getCurrentDir()
setCurrentDir(here)
echo getCurrentDir() == here
sleep(1)
