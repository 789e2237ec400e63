discard """
  output: '''
hitruetrue
true
'''
"""
# Files and directories for the moment.
import std/[tempfiles, os, strutils]
let (f, p) = createTempFile("pre_", "_end.tmp")
f.write "hi"; f.close
echo readFile(p), p.extractFilename.startsWith("pre_"), p.endsWith("_end.tmp")
removeFile p
let d = createTempDir("d", "x"); echo dirExists(d); removeDir d
