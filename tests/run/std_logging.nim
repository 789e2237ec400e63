discard """
  output: '''
[INFO] I hello 5
[DEBUG] D dbg
[WARN] W w
[ERROR] E err 1.5
[FATAL] F fatal
lvlError1
[NOTICE] N n
[FATAL] F f
FATAL f
[ERROR] E to file
ERROR to file
> to file

["DEBUG", "DEBUG", "INFO", "NOTICE", "WARN", "ERROR", "FATAL", "NONE"]lvlInfoWARN:ab
'''
"""
# Loggers for the terminal and for files; templates that hand their varargs on.
import std/logging
var l = newConsoleLogger(fmtStr = "[$levelname] $levelid ")
addHandler(l)
info("hello ", 5)
debug "dbg"
warn("w")
setLogFilter(lvlError)
info("no")
error("err ", 1.5)
log(lvlFatal, "fatal")
echo getLogFilter(), getHandlers().len
var q = newConsoleLogger(lvlWarn)
setLogFilter(lvlAll)
addHandler(q)
notice("n"); fatal("f")
import os
let p = getTempDir() / "midair_case_log.txt"
removeFile p
var fl = newFileLogger(p, fmWrite, fmtStr = "> ")
addHandler fl
error("to file")
fl.file.close
echo readFile(p)
echo LevelNames, lvlInfo, substituteLog("$$x$levelname:", lvlWarn, "a", "b")
